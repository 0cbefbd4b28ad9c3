import type { Server, Socket } from 'socket.io'
import type { Store } from '#lib/db/store.ts'
import { type ClientToServer, type FollowAnswer, followRequest, type ServerToClient } from './contract.ts'
import type { DeskToServer, ServerToDesk } from './desk-contract.ts'
import { heartbeatMs } from './pulse.ts'
import { type StoryTail, storyTail } from './story-tail.ts'

export type HubServer = Server<ClientToServer & DeskToServer, ServerToClient & ServerToDesk>
export type HubSocket = Socket<ClientToServer & DeskToServer, ServerToClient & ServerToDesk>

export type HubOptions = {
  /** Between two heartbeats to each followed story. */
  readonly heartbeatMs: number
  /** Between two looks at the logs, in case a notice was lost. */
  readonly pollMs: number
  /** Between two counts of a story's readers. */
  readonly audienceMs: number
  /** How many of a story's newest events are kept in memory. */
  readonly remembered: number
}

const defaults: HubOptions = { heartbeatMs, pollMs: 3_000, audienceMs: 5_000, remembered: 200 }

/** Of one socket: stories followed at once, and messages in ten seconds. A page needs one of each. */
const mostFollowed = 20
const mostMessages = 40
const messageWindowMs = 10_000

/** Tells of an error without stopping; whoever wires the hub decides where it is written. */
export type Report = (what: string, error: unknown) => void

export type Hub = {
  /** How many events the tails here are behind their logs. One query, none if nothing is followed. */
  lag(): Promise<number>
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
  /** By slug; a story is tailed while somebody follows it here. */
  const tails = new Map<string, Promise<StoryTail | null>>()
  /** The tails that are open, by story id: what notices and polls are for. */
  const open = new Map<string, StoryTail>()

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
    const tail = storyTail(store, stored, settings.remembered, (epoch, events) => io.to(room(slug)).emit('events', { story: slug, epoch, events }))
    open.set(stored.story.id, tail)
    // What was appended since the story was read, before its notices had anywhere to go.
    void pull(tail)
    return tail
  }

  /** Stops tailing a story that nobody follows any more. */
  const closeIfEmpty = (tail: StoryTail) => {
    if (readersOf(io, tail.slug) > 0) return
    tails.delete(tail.slug)
    open.delete(tail.storyId)
  }

  const pull = (tail: StoryTail) => tail.pull().catch((error: unknown) => report('reading the log failed', error))

  const follow = async (socket: HubSocket, slug: string, epoch: number | undefined, after: number | undefined): Promise<FollowAnswer> => {
    // Join first, read after: what is published in between comes twice, and the reader drops it; the other way it would be lost.
    await socket.join(room(slug))
    const tail = await tailOf(slug)
    if (!tail) {
      await socket.leave(room(slug))
      return { ok: false, reason: 'no-such-story' }
    }
    if (!socket.connected) closeIfEmpty(tail)
    if (after === undefined) return { ok: true, epoch: tail.epoch, head: tail.head, events: [] }
    return { ok: true, ...(await tail.since(epoch ?? tail.epoch, after)) }
  }

  io.on('connection', (socket) => {
    let messages = 0
    let windowStart = Date.now()
    const isTooMany = () => {
      if (Date.now() - windowStart > messageWindowMs) {
        messages = 0
        windowStart = Date.now()
      }
      messages += 1
      return messages > mostMessages
    }

    // Every message passes here first, those that nobody has a handler for as well.
    socket.use(([name, , answer]: unknown[], next) => {
      const refuse = (reason: 'busy' | 'unknown-message') => {
        if (typeof answer === 'function') answer({ ok: false, reason })
      }
      if (isTooMany()) return socket.disconnect(true)
      if (name !== 'follow' && name !== 'desk') return refuse('unknown-message')
      next()
    })

    socket.on('follow', async (request: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return
      const parsed = followRequest.safeParse(request)
      if (!parsed.success) return answer({ ok: false, reason: 'invalid' } satisfies FollowAnswer)
      const { story, epoch, after } = parsed.data
      if (socket.rooms.size > mostFollowed && !socket.rooms.has(room(story))) return answer({ ok: false, reason: 'busy' } satisfies FollowAnswer)
      try {
        answer(await follow(socket, story, epoch, after))
      } catch (error) {
        report('a reader could not follow', error)
        await socket.leave(room(story))
        answer({ ok: false, reason: 'busy' } satisfies FollowAnswer)
      }
    })

    socket.on('disconnecting', () => {
      const followed = [...open.values()].filter((tail) => socket.rooms.has(room(tail.slug)))
      // The rooms are left only after this.
      setImmediate(() => followed.forEach(closeIfEmpty))
    })
  })

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
  const poll = async () => {
    for (const { tail } of await behind()) void pull(tail)
  }
  const timers = [
    setInterval(() => void poll().catch((error: unknown) => report('looking at the logs failed', error)), settings.pollMs),
    setInterval(() => {
      for (const { slug, epoch, head } of open.values()) io.to(room(slug)).emit('head', { story: slug, epoch, head })
    }, settings.heartbeatMs),
    setInterval(() => {
      for (const { slug } of open.values()) io.to(room(slug)).emit('audience', { story: slug, readers: readersOf(io, slug) })
    }, settings.audienceMs),
  ]

  return {
    async lag() {
      return (await behind()).reduce((sum, { events }) => sum + events, 0)
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all([stopListening(), stopHearingOfSessions()])
    },
  }
}

/** Apart from the rooms that Socket.IO gives each socket under its own id. */
function room(slug: string): string {
  return `story:${slug}`
}

/** The sockets of the pages that are open with a session, by its mark. */
export function sessionRoom(mark: string): string {
  return `session:${mark}`
}

function readersOf(io: HubServer, slug: string): number {
  return io.of('/').adapter.rooms.get(room(slug))?.size ?? 0
}
