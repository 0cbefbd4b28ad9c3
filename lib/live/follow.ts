import { addPage, cursorAt, type Side } from '#lib/story/fold.ts'
import { type Delivery, type Followed, merge } from '#lib/story/merge.ts'
import type { View } from '#lib/story/view.ts'
import { createLink, type Surroundings } from './link.ts'
import { namedTimers } from './named-timers.ts'
import { observed } from './observed.ts'
import type { Transport, ViewPlace } from './transport.ts'

/**
 * How the page stands to the log.
 * - `connecting`: nothing heard yet; the page is as it was rendered.
 * - `live`: each event arrives by itself, over the socket or, where sockets can't go, by asking every few seconds.
 * - `catching-up`: something was missed and is being fetched.
 * - `offline`: nobody answers; the page is as it was at `since` (ms since 1970) and it keeps trying.
 * - `away`: the page is hidden for long; it catches up when it is looked at again.
 * - `paused`: the reader has switched the live updates off.
 * - `gone`: the story isn't there any more.
 */
export type Connection =
  | { readonly kind: 'connecting' | 'catching-up' | 'away' | 'paused' | 'gone' }
  | { readonly kind: 'live'; readonly by: 'socket' | 'polling' }
  | { readonly kind: 'offline'; readonly since: number }

export type Snapshot = { readonly view: View; readonly connection: Connection; readonly readers: number | null }

export type Follower = {
  start(): void
  stop(): void
  getSnapshot(): Snapshot
  subscribe(listener: () => void): () => void
  /** Takes over what this browser kept of the story at that time, if it is further than what the page was made with. */
  adopt(kept: View, keptAt: number): void
  /** Switches the live updates on or off: off, nothing on the page changes by itself. */
  setLive(isLive: boolean): void
  /** The page came to be seen or is no longer seen. */
  setVisible(isVisible: boolean): void
  /** The network went, or came back: says so, or tries at once instead of when the wait is over. */
  setOnline(isOnline: boolean): void
  /** Adds the next part of the timeline at that end; false if it can't be had now. */
  load(side: Side): Promise<boolean>
  /** What came after number `after` up to `seq` is on the screen, and somebody looks at it. */
  seen(after: number, seq: number): void
}

/** Between a fetch that brought too little and the next. */
const mendMs = 2_000
/** A page hidden for this long gives its socket back. */
const hiddenMs = 5 * 60_000

/**
 * Follows one story from the view that the page was rendered with: applies each event that its link brings once and in order,
 * finds and fetches what it missed, and says how it stands. A plain state machine: what it knows of the world comes
 * in through `transport` and `surroundings`, what the page shows comes out of `getSnapshot`, a new object only when
 * something has changed. `readAt` is when the server made the view, in ms since 1970: the page may have been kept.
 */
export function createFollower(initial: View, readAt: number, transport: Transport, surroundings: Surroundings): Follower {
  let followed: Followed = { view: initial, waiting: [] }
  const snapshot = observed<Snapshot>({ view: initial, connection: { kind: 'connecting' }, readers: null })

  let fetching: Promise<void> | null = null
  let lastContact = readAt
  let isLive = true
  /** Null while not following; else an object of its own, by which an answer from before a stop is known. */
  let session: object | null = null

  const timers = namedTimers<'mend' | 'hidden'>(surroundings)

  const show = (change: Partial<Snapshot>) => snapshot.set({ ...snapshot.get(), ...change })
  const say = (connection: Connection) => {
    if (JSON.stringify(connection) !== JSON.stringify(snapshot.get().connection)) show({ connection })
  }
  const adopt = (next: Followed) => {
    followed = next
    if (next.view !== snapshot.get().view) show({ view: next.view })
  }
  const heard = () => {
    lastContact = surroundings.now()
  }
  const sayLive = () => say({ kind: 'live', by: link.way() })

  const receive = (delivery: Delivery) => {
    const merged = merge(followed, delivery)
    if (merged.kind === 'reset') return void fetchMissed('view')
    adopt(merged.followed)
    if (merged.kind === 'gap') void fetchMissed('gap')
    else if (!fetching) sayLive()
  }

  /** Fetches what is missing, one fetch at a time. The answer goes through the merge like everything else. */
  const fetchMissed = (what: 'gap' | 'view'): Promise<void> => {
    say({ kind: 'catching-up' })
    return fetchOnce(what)
  }

  const fetchOnce = (what: 'gap' | 'view'): Promise<void> => {
    if (fetching) return fetching
    const mine = (what === 'view' ? fetchView() : fetchGap()).finally(() => {
      if (fetching === mine) fetching = null
    })
    fetching = mine
    return mine
  }

  const fetchGap = async () => {
    const asked = session
    const missed = await transport.fetchEvents(followed.view.epoch, followed.view.head)
    if (session !== asked) return
    if (missed === 'gone') return end()
    if (missed === null) return unreachable('gap')
    if ('reset' in missed) return fetchView()
    heard()
    const merged = merge(followed, missed)
    if (merged.kind === 'reset') return fetchView()
    adopt(merged.followed)
    // An edge may have answered with what it had a second ago.
    if (merged.kind === 'gap') return mendLater('gap')
    sayLive()
  }

  const fetchView = async () => {
    const asked = session
    const view = await transport.fetchView(placeOf(followed.view))
    if (session !== asked) return
    if (view === 'gone') return end()
    if (view === null) return unreachable('view')
    heard()
    // An edge may have answered with what it had a moment ago: that must not take the page back.
    if (view.epoch < followed.view.epoch || (view.epoch === followed.view.epoch && view.head < followed.view.head)) return mendLater('view')
    // What waited is kept where it still belongs to this history.
    const waiting = view.epoch === followed.view.epoch ? followed.waiting : []
    const merged = merge({ view, waiting: [] }, { epoch: view.epoch, events: waiting })
    if (merged.kind === 'reset') return
    adopt(merged.followed)
    if (merged.kind === 'gap') return mendLater('gap')
    sayLive()
  }

  const unreachable = (what: 'gap' | 'view') => {
    say({ kind: 'offline', since: lastContact })
    // Polling asks again by itself.
    if (!link.isPolling() || what === 'view') mendLater(what)
  }

  const mendLater = (what: 'gap' | 'view') => timers.set('mend', mendMs, () => void fetchOnce(what))

  const end = () => {
    disconnect()
    say({ kind: 'gone' })
  }

  const begin = () => {
    session = {}
    link.open()
  }

  const disconnect = () => {
    session = null
    timers.clearAll()
    link.close()
    fetching = null
  }

  const link = createLink(transport, surroundings, {
    position: () => followed.view,
    onHeard: heard,
    onEvents: receive,
    onHead: ({ epoch, head }) => {
      if (epoch > followed.view.epoch) void fetchMissed('view')
      else if (epoch === followed.view.epoch && head > followed.view.head) void fetchMissed('gap')
      else if (!fetching) sayLive()
    },
    onReaders: (readers) => {
      if (readers !== snapshot.get().readers) show({ readers })
    },
    onUnreadable: () => void fetchMissed('view'),
    onJoined: (answer) => {
      if ('reset' in answer) void fetchMissed('view')
      else receive(answer)
    },
    onGone: end,
    onLost: () => {
      if (snapshot.get().connection.kind !== 'offline') say({ kind: 'catching-up' })
    },
    poll: () => fetchOnce('gap'),
  })

  return {
    start() {
      if (isLive && !session) begin()
    },
    stop: disconnect,
    getSnapshot: snapshot.get,
    subscribe: snapshot.subscribe,
    adopt(kept, keptAt) {
      if (kept.epoch !== followed.view.epoch || kept.head <= followed.view.head) return
      lastContact = Math.max(lastContact, keptAt)
      adopt({ view: kept, waiting: followed.waiting })
    },
    setLive(shouldBeLive) {
      if (shouldBeLive === isLive) return
      isLive = shouldBeLive
      if (!isLive) disconnect()
      say({ kind: isLive ? 'catching-up' : 'paused' })
      if (isLive) begin()
    },
    setVisible(isVisible) {
      if (isVisible) {
        timers.clear('hidden')
        if (snapshot.get().connection.kind !== 'away') return
        say({ kind: 'catching-up' })
        begin()
      } else if (session) {
        timers.set('hidden', hiddenMs, () => {
          disconnect()
          say({ kind: 'away' })
        })
      }
    },
    setOnline(isOnline) {
      if (!session) return
      if (isOnline) return link.hurry()
      say({ kind: 'offline', since: lastContact })
      link.cut()
    },
    async load(side) {
      const { view } = followed
      const cursor = cursorAt(view, side)
      if (cursor === null) return false
      const page = await transport.fetchPage(side, cursor, view.show)
      if (page === null) return false
      const grown = addPage(followed.view, side, cursor, page)
      const isAdded = grown !== followed.view
      adopt({ ...followed, view: grown })
      return isAdded
    },
    seen: link.seen,
  }
}

/** Where a view that has to be read anew is to be read: at its place if that isn't the newest part. */
function placeOf({ updates, newer, show }: View): ViewPlace {
  const middle = updates[Math.floor(updates.length / 2)]
  return newer !== null && middle ? { show, around: middle.seq } : { show }
}
