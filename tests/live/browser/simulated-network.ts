import type { Surroundings } from '#lib/live/link.ts'
import type { ChannelHandlers, Transport } from '#lib/live/transport.ts'
import type { Place } from '#lib/reading/read-timeline.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { View } from '#lib/story/view.ts'
import { pageReadAt, viewReadAt } from '../../story/history.ts'

/** A clock that only moves when it is told to. */
export class ManualClock {
  now = 1_000_000
  #timers: { due: number; run: () => void }[] = []

  setTimeout(run: () => void, ms: number): object {
    const timer = { due: this.now + ms, run }
    this.#timers.push(timer)
    return timer
  }

  clearTimeout(timer: unknown): void {
    this.#timers = this.#timers.filter((each) => each !== timer)
  }

  /** Lets that much time go by, with all that comes due in it, in order. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms
    await settle()
    for (;;) {
      const next = this.#timers.toSorted((one, other) => one.due - other.due)[0]
      if (!next || next.due > end) break
      this.now = next.due
      this.clearTimeout(next)
      next.run()
      await settle()
    }
    this.now = end
  }
}

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

type Socket = { handlers: ChannelHandlers; isJoined: boolean; isClosed: boolean }

/**
 * A server with one story's log, and a network to it that can be made to fail in each way that networks do: sockets that
 * can't open, that break, that fall silent, messages that are lost on the way, and HTTP that doesn't answer.
 */
export class SimulatedNetwork {
  epoch = 1
  head: number
  socketsWork = true
  /** Whether the server lets no more of them follow. */
  isFull = false
  httpWorks = true
  storyIsThere = true
  /** Whether the next event is lost on its way to the sockets. */
  losesEvents = false
  isSilent = false
  sockets: Socket[] = []
  socketsOpened = 0
  requests = { events: 0, view: 0, page: 0 }
  /** The most updates that an answer holds. */
  size = 1_000

  constructor(
    readonly log: readonly StoryEvent[],
    head: number,
    readonly clock: ManualClock,
  ) {
    this.head = head
  }

  get surroundings(): Surroundings {
    const { clock } = this
    return {
      now: () => clock.now,
      random: () => 0.5,
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    }
  }

  readonly transport: Transport = {
    openChannel: (handlers) => {
      const socket: Socket = { handlers, isJoined: false, isClosed: false }
      this.socketsOpened += 1
      this.clock.setTimeout(() => {
        if (socket.isClosed) return
        if (!this.socketsWork) return handlers.onClosed()
        this.sockets.push(socket)
        handlers.onOpen()
      }, 10)
      return {
        close: () => {
          socket.isClosed = true
          this.sockets = this.sockets.filter((each) => each !== socket)
        },
        follow: async (epoch, after) => {
          if (!this.sockets.includes(socket)) return null
          if (this.isFull) return { ok: false, reason: 'full', pollEveryMs: 10_000, retryAfterMs: 60_000 }
          socket.isJoined = true
          const missed = this.#catchUp(epoch, after)
          return missed === 'gone' ? { ok: false, reason: 'no-such-story' } : { ok: true, ...missed }
        },
        seen: () => {},
      }
    },
    fetchEvents: async (epoch, after) => {
      this.requests.events += 1
      return this.httpWorks ? this.#catchUp(epoch, after) : null
    },
    fetchView: async (place) => {
      this.requests.view += 1
      if (!this.httpWorks) return null
      return this.storyIsThere ? this.viewAt(place) : 'gone'
    },
    fetchPage: async (side, cursor, show) => {
      this.requests.page += 1
      const page = pageReadAt(this.log, { next: cursor, newer: cursor, show }, side, this.#moment)
      return this.httpWorks && this.storyIsThere && page ? { ...page, epoch: this.epoch } : null
    },
  }

  /** What the server answers now to one who opens the page there. */
  viewAt(place: Place = {}): View {
    return { ...viewReadAt(this.log, { ...this.#moment, ...place }), epoch: this.epoch }
  }

  /** Appends the next event of the log and sends it to whoever has joined. */
  publish(): void {
    this.head += 1
    if (this.losesEvents || this.isSilent) return
    const events = this.log.slice(this.head - 1, this.head)
    for (const socket of this.sockets) if (socket.isJoined) socket.handlers.onEvents({ epoch: this.epoch, events })
  }

  heartbeat(): void {
    if (this.isSilent) return
    for (const socket of this.sockets) if (socket.isJoined) socket.handlers.onHead({ story: 'bridge', epoch: this.epoch, head: this.head })
  }

  /** The process that all are connected to is about to end; another is there. */
  leave(within: number): void {
    for (const socket of this.sockets) socket.handlers.onLeaving(within)
  }

  breakSockets(): void {
    const broken = this.sockets
    this.sockets = []
    for (const socket of broken) socket.handlers.onClosed()
  }

  get #moment() {
    return { head: this.head, later: this.head, size: this.size }
  }

  #catchUp(epoch: number, after: number) {
    if (!this.storyIsThere) return 'gone' as const
    const { head } = this
    if (epoch !== this.epoch) return { epoch: this.epoch, head, reset: true as const }
    return { epoch, head, events: this.log.slice(after, head) }
  }
}
