import { randomUUID } from 'node:crypto'
import type { Store } from '#lib/db/store.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { type AdmissionLimits, watchAdmission } from './admission.ts'
import { startAudience } from './audience.ts'
import { startConfirmations } from './confirmations.ts'
import { type FollowAnswer, type FollowRequest, followRequest, seenMessage } from './contract.ts'
import { EncodedAnswer } from './encoded-answer.ts'
import type { HubServer, HubSocket, Meter, Report } from './hub-socket.ts'
import { watchIdleSockets } from './idle-sockets.ts'
import { messageLimit } from './message-limit.ts'
import { heartbeatMs } from './pulse.ts'
import { readerRooms } from './reader-rooms.ts'
import { bytesWaiting, type SlowLimits, watchSlowReaders } from './slow-readers.ts'
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

/** A reader that isn't let in asks by HTTP, where an edge answers, so often; and tries again after so long, give or take a half; in ms. */
const askedInstead = { pollEveryMs: 10_000, retryAfterMs: 60_000 }

/** Stories that one socket may follow at once. A page needs one. */
const mostFollowed = 20
/** What one socket may send. */
const socketMessages = { maxOfSocket: 40, windowMs: 10_000 }
/** Of what a socket missed, in the same window; the last answer may go beyond. */
const mostCaughtUpBytes = 256 * 1024

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

  const isTooManyMessages = messageLimit({ ...socketMessages, maxOfNetwork: settings.maxMessagesOfNetwork })
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

  const follow = async (socket: HubSocket, { story: slug, epoch, after, as }: FollowRequest): Promise<FollowAnswer | EncodedAnswer> => {
    // Who was told much already, or doesn't take it, is told no more for now.
    const isTold = (socket.data.caughtUpBytes ?? 0) > mostCaughtUpBytes || bytesWaiting(socket) > settings.slowBytes
    if (after !== undefined && isTold) return { ok: false, reason: 'busy' }
    // Join first, read after: what is published in between comes twice, and the reader drops it; the other way it would be lost.
    await rooms.join(socket, slug, as !== 'desk' && as !== 'list')
    const tail = await tailOf(slug)
    if (!tail) {
      await rooms.leave(socket, slug)
      return { ok: false, reason: 'no-such-story' }
    }
    if (!socket.connected) closeIfEmpty(tail)
    idle.isUsed(socket)
    const missed = after === undefined ? { epoch: tail.epoch, head: tail.head, events: '[]' } : await tail.since(epoch ?? tail.epoch, after)
    // Asked last, so that the answer is there before the first event that it is about.
    const isAsked = as === 'reader' && socket.connected && confirmations.ask(tail, socket.id)
    const confirm = isAsked ? ({ confirm: true } as const) : {}
    if ('reset' in missed) return { ok: true, ...missed, ...confirm }
    const { events, ...position } = missed
    socket.data.caughtUpBytes = (socket.data.caughtUpBytes ?? 0) + events.length
    return new EncodedAnswer(`${JSON.stringify({ ok: true, ...position, ...confirm }).slice(0, -1)},"events":${events}}`)
  }

  /** Whether a reader confirms what it was asked to. */
  const isConfirmed = (socket: HubSocket, message: unknown): boolean => {
    const parsed = seenMessage.safeParse(message)
    if (!parsed.success) return false
    const tail = [...open.values()].find(({ slug }) => slug === parsed.data.story)
    return tail !== undefined && confirmations.seen(tail, socket.id, parsed.data)
  }

  // One function for all sockets: one for each would stay in memory for each. Socket.IO calls them with the socket as `this`.

  /** Every message passes here first, those that nobody has a handler for as well. */
  function hear(this: HubSocket, name: string, message: unknown, answer: unknown): void {
    // There are never more of these than events, so they don't count; those that confirm nothing do.
    if (name === 'seen' && isConfirmed(this, message)) return
    if (isTooManyMessages(this.data)) this.disconnect(true)
    else if (name !== 'follow' && name !== 'desk' && typeof answer === 'function') answer({ ok: false, reason: 'unknown-message' })
  }

  async function onFollow(this: HubSocket, request: unknown, answer: unknown): Promise<void> {
    if (typeof answer !== 'function') return
    const say = (said: FollowAnswer | EncodedAnswer) => answer(said)
    const parsed = followRequest.safeParse(request)
    if (!parsed.success) return say({ ok: false, reason: 'invalid' })
    const { story, as } = parsed.data
    // Desks are few, and what they are for can't be done without; and only those who are signed in have one.
    if (!rooms.hasAny(this) && admission.isFull() && !(as === 'desk' && (await settings.isSignedIn(this)))) {
      say({ ok: false, reason: 'full', ...askedInstead })
      this.disconnect(true)
      return
    }
    if (this.rooms.size > mostFollowed && !rooms.has(this, story)) return say({ ok: false, reason: 'busy' })
    try {
      say(await inTurn(this, () => follow(this, parsed.data)))
    } catch (error) {
      report('a reader could not follow', error)
      await rooms.leave(this, story)
      say({ ok: false, reason: 'busy' })
    }
  }

  function onDisconnecting(this: HubSocket): void {
    const followed = [...open.values()].filter(({ slug }) => rooms.has(this, slug))
    for (const tail of followed) confirmations.leave(tail, this.id)
    // The rooms are left only after this.
    setImmediate(() => followed.forEach(closeIfEmpty))
  }

  io.on('connection', (socket) => {
    socket.onAny(hear)
    socket.on('follow', onFollow)
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

/** Runs it when what that socket has asked for before is done. */
async function inTurn<Answer>({ data }: HubSocket, work: () => Promise<Answer>): Promise<Answer> {
  const before = data.turn ?? Promise.resolve()
  const answer = before.then(work)
  const turn = answer.then(
    () => {},
    () => {},
  )
  data.turn = turn
  await turn
  if (data.turn === turn) data.turn = undefined
  return answer
}

/** The sockets of the pages that are open with a session, by its mark. */
export function sessionRoom(mark: string): string {
  return `session:${mark}`
}
