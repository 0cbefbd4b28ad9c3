import { randomUUID } from 'node:crypto'
import type { Store } from '#lib/db/store.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { type AdmissionLimits, watchAdmission } from './admission.ts'
import { answerReaders } from './answer-readers.ts'
import { startAudience } from './audience.ts'
import { startConfirmations } from './confirmations.ts'
import type { HubServer, HubSocket, Meter, Report } from './hub-socket.ts'
import { watchIdleSockets } from './idle-sockets.ts'
import { heartbeatMs } from './pulse.ts'
import { readerRooms } from './reader-rooms.ts'
import { type SlowLimits, watchSlowReaders } from './slow-readers.ts'
import { type StoryTail, storyTail } from './story-tail.ts'

export type HubOptions = SlowLimits &
  AdmissionLimits & {
    /** Between two heartbeats to each followed story. */
    readonly heartbeatMs: number
    /** Between two looks at the logs, in case a notice was lost. */
    readonly pollMs: number
    /** Between two counts of a story's readers. */
    readonly audienceMs: number
    /** How many of a story's newest events are kept in memory, at least one. */
    readonly remembered: number
    /** How many readers of a story are asked to confirm what they have on the screen. */
    readonly mostAsked: number
    /** How long after an update was sent it is written how it was confirmed: first, and for good. */
    readonly tellMs: readonly [number, number]
    /** Between two times that it is written how many are reading. */
    readonly minuteMs: number
    /** For so long a socket may be open without following anything, in ms. */
    readonly idleMs: number
    /** Messages in ten seconds that the sockets of one network may send together. */
    readonly maxMessagesOfNetwork: number
    /** Whether whoever opened a socket is signed in. */
    readonly isSignedIn: (socket: HubSocket) => Promise<boolean>
    readonly meter: Meter
  }

const unmeasured: Meter = { sent() {}, caughtUp() {}, cut() {}, waiting() {}, behind() {} }

const defaults: HubOptions = {
  heartbeatMs,
  pollMs: 3_000,
  audienceMs: 5_000,
  remembered: 200,
  mostAsked: 200,
  tellMs: [2_000, 15_000],
  minuteMs: 60_000,
  slowBytes: 256 * 1024,
  cutBytes: 1024 * 1024,
  slowMs: 10_000,
  lookMs: 1_000,
  mostSockets: 20_000,
  mostLagMs: 200,
  idleMs: 10_000,
  maxMessagesOfNetwork: Number.POSITIVE_INFINITY,
  isSignedIn: async () => false,
  meter: unmeasured,
}

export type Hub = {
  /** How many events the tails here are behind their logs. One query, none if nothing is followed. */
  lag(): Promise<number>
  /** The epoch in which a story is in memory here, once that is as new as the log; null if it isn't there. */
  epochOf(storyId: string): Promise<number | null>
  /** What is open here: sockets, and those that follow, once for each story. Costs as much as there are stories followed. */
  sockets(): { connections: number; readers: number; onlookers: number; slow: number }
  /** Stops tailing. The sockets are the server's, which closes them. */
  stop(): Promise<void>
}

/**
 * Tails the logs of the stories that are followed here and hands each new event to their readers. Nothing is shared with
 * other processes but the database: each tails for its own readers. Reading is driven by notices, with a slow poll behind
 * them; each new event is read once and encoded once, however many readers there are.
 */
export async function startHub(io: HubServer, store: Store, report: Report, options: Partial<HubOptions> = {}): Promise<Hub> {
  const settings = { ...defaults, ...options }
  const process = randomUUID()
  /** By slug; a story is tailed while somebody follows it here. */
  const tails = new Map<string, Promise<StoryTail | null>>()
  /** The tails that are open, by story id: what notices and polls are for. */
  const open = new Map<string, StoryTail>()

  const rooms = readerRooms(io)
  const idle = watchIdleSockets(io, settings, settings.isSignedIn, report)
  const admission = watchAdmission(io, settings, idle.count)
  const confirmations = startConfirmations(store, process, report, settings)
  const countReaders = () => [...open.values()].map(({ storyId, slug }) => ({ storyId, readers: rooms.readers(slug) }))
  const audience = startAudience(store, process, countReaders, settings.minuteMs, report)

  const tailOf = (slug: string): Promise<StoryTail | null> => {
    const known = tails.get(slug)
    if (known !== undefined) return known
    const opening = openTail(slug).catch((error: unknown) => {
      tails.delete(slug)
      throw error
    })
    tails.set(slug, opening)
    return opening
  }

  const openTail = async (slug: string): Promise<StoryTail | null> => {
    const stored = await store.story(slug)
    if (!stored || stored.story.status === 'draft') {
      tails.delete(slug)
      return null
    }
    const handOn = (epoch: number, events: readonly StoryEvent[]) => {
      settings.meter.sent(events, rooms.send(slug, 'events', { story: slug, epoch, events }))
      confirmations.sent(tail, events, rooms.readers(slug))
    }
    const tail = storyTail(store, stored, settings.remembered, handOn, settings.meter.caughtUp)
    open.set(stored.story.id, tail)
    // Without it whoever comes has what they lack read for them.
    await tail.fill().catch((error: unknown) => report('reading the log failed', error))
    // What was appended since the story was read, before its notices had anywhere to go.
    void pull(tail)
    return tail
  }

  /** Stops tailing a story that nobody follows any more. */
  const closeIfEmpty = (tail: StoryTail) => {
    if (!rooms.isEmpty(tail.slug)) return
    tails.delete(tail.slug)
    open.delete(tail.storyId)
  }

  const pull = (tail: StoryTail) => tail.pull().catch((error: unknown) => report('reading the log failed', error))

  const { hear, onFollow } = answerReaders({
    rooms,
    idle,
    admission,
    confirmations,
    settings,
    report,
    tailOf,
    closeIfEmpty,
    tails: () => open.values(),
  })

  function onDisconnecting(this: HubSocket): void {
    const followed = [...open.values()].filter(({ slug }) => rooms.has(this, slug))
    for (const tail of followed) confirmations.leave(tail, this.id)
    // The rooms are left only after this.
    setImmediate(() => followed.forEach(closeIfEmpty))
  }

  io.on('connection', (socket) => {
    socket.onAny(hear)
    socket.on('follow', onFollow)
    // One function for all sockets: one for each would stay in memory for each.
    socket.on('disconnecting', onDisconnecting)
  })

  const tellHeads = (socket: HubSocket) => {
    for (const { slug, epoch, head } of open.values()) if (rooms.has(socket, slug)) socket.emit('head', { story: slug, epoch, head })
  }
  const stopWatching = watchSlowReaders(io, settings, tellHeads, settings.meter)

  const stopListening = await store.onAppend((storyId) => {
    const tail = open.get(storyId)
    if (tail) void pull(tail)
  })

  const stopHearingOfSessions = await store.onSessionEnded(({ how, mark }) => {
    const pages = io.to(sessionRoom(mark))
    if (how === 'ended') pages.emit('session-ended')
    // They come back, and into the room of the session that their browser has by then.
    pages.disconnectSockets(true)
  })

  /** The tails that are not where their logs are, and how many events they lack. */
  const behind = async () => {
    const positions = open.size === 0 ? [] : await store.positions([...open.keys()])
    return positions.flatMap(({ storyId, epoch, head }) => {
      const tail = open.get(storyId)
      return tail && (tail.epoch !== epoch || tail.head < head) ? [{ tail, events: Math.max(head - tail.head, 0) }] : []
    })
  }
  const eventsOf = (late: readonly { readonly events: number }[]) => late.reduce((sum, { events }) => sum + events, 0)
  const poll = async () => {
    const late = await behind()
    settings.meter.behind(eventsOf(late))
    for (const { tail } of late) void pull(tail)
  }
  const timers = [
    setInterval(() => void poll().catch((error: unknown) => report('looking at the logs failed', error)), settings.pollMs),
    setInterval(() => {
      for (const { slug, epoch, head } of open.values()) rooms.send(slug, 'head', { story: slug, epoch, head })
    }, settings.heartbeatMs),
    setInterval(() => {
      for (const { storyId, slug } of open.values()) {
        rooms.send(slug, 'audience', { story: slug, readers: rooms.readers(slug) + audience.elsewhere(storyId) })
      }
    }, settings.audienceMs),
  ]

  return {
    async lag() {
      return eventsOf(await behind())
    },
    async epochOf(storyId) {
      const tail = open.get(storyId)
      await tail?.pull()
      return tail?.epoch ?? null
    },
    sockets() {
      const sum = (count: (slug: string) => number) => [...open.values()].reduce((all, { slug }) => all + count(slug), 0)
      return { connections: io.of('/').sockets.size, readers: sum(rooms.readers), onlookers: sum(rooms.onlookers), slow: rooms.slow() }
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      stopWatching()
      admission.stop()
      idle.stop()
      await Promise.all([stopListening(), stopHearingOfSessions(), confirmations.stop(), audience.stop()])
    },
  }
}

/** The sockets of the pages that are open with a session, by its mark. */
export function sessionRoom(mark: string): string {
  return `session:${mark}`
}
