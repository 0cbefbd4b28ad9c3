import { retryDelay } from './backoff.ts'
import type { FollowAnswer, HeadMessage } from './contract.ts'
import { namedTimers, type Timers } from './named-timers.ts'
import { heartbeatMs } from './pulse.ts'
import type { Channel, ChannelHandlers, Transport } from './transport.ts'

/** The world beside the server, passed in so that tests own it. */
export type Surroundings = Timers & {
  now(): number
  /** From 0 to 1. */
  random(): number
}

/** A socket that fails this often in a row is taken to be one that can't get through: from then on the page asks, so often. */
const failuresBeforePolling = 2
const usualPollMs = 4_000
/** Silence this long on an open socket means that it is dead, whatever it says: two heartbeats and a little. */
const silenceMs = 2.5 * heartbeatMs

type Joined = Extract<FollowAnswer, { ok: true }>

export type LinkHandlers = Pick<ChannelHandlers, 'onEvents' | 'onReaders' | 'onUnreadable'> & {
  /** Where the page is, for the server to go on from. */
  position(): { readonly epoch: number; readonly head: number }
  onHead(head: HeadMessage): void
  /** The server was heard. */
  onHeard(): void
  onJoined(answer: Joined): void
  onGone(): void
  /** The socket is gone, and another is tried in a while. */
  onLost(): void
  /** Sockets don't get through: asks the server instead, which is done again and again. */
  poll(): Promise<void>
}

export type Link = {
  open(): void
  /** Ends it, and whatever it was waiting for. */
  close(): void
  /** The network is gone: what is open leads nowhere. */
  cut(): void
  /** The network is back: the next try is now. */
  hurry(): void
  isPolling(): boolean
  /** What came after number `after` up to `seq` is on the screen. */
  seen(after: number, seq: number): void
  /** By which way events come. */
  way(): 'socket' | 'polling'
}

/**
 * Keeps a page connected: opens a socket, joins the story from where the page is, takes a silent socket for dead, tries again
 * after a random wait that doubles, and where sockets can't get through has the server asked every few seconds. It knows
 * nothing of what goes over it.
 */
export function createLink(transport: Transport, surroundings: Surroundings, handlers: LinkHandlers): Link {
  let channel: Channel | null = null
  /** Sockets lost in a row. */
  let failures = 0
  let isPolling = false
  let pollMs = usualPollMs
  const timers = namedTimers<'retry' | 'poll' | 'silence' | 'move'>(surroundings)

  const connect = () => {
    timers.clear('retry')
    /** What the channel in use says; one that was given up says nothing any more. */
    const inUse =
      <Said extends unknown[]>(handle: (...said: Said) => void) =>
      (...said: Said) => {
        if (channel === opened) handle(...said)
      }
    const opened: Channel = transport.openChannel({
      onOpen: () => void join(opened),
      onEvents: inUse((delivery) => {
        listenForSilence(opened)
        handlers.onEvents(delivery)
      }),
      onHead: inUse((head) => {
        listenForSilence(opened)
        handlers.onHead(head)
      }),
      onUnreadable: inUse(handlers.onUnreadable),
      onReaders: inUse(handlers.onReaders),
      onLeaving: inUse((within) => timers.set('move', surroundings.random() * within, move)),
      onClosed: inUse(() => lost()),
    })
    channel = opened
  }

  /** Goes from a server that is about to end to another, and says nothing of it: what comes in between is asked for as it joins. */
  const move = () => {
    channel?.close()
    // The silence that was listened for was the other's.
    timers.clear('silence')
    connect()
  }

  const join = async (opened: Channel) => {
    const { epoch, head } = handlers.position()
    const answer = await opened.follow(epoch, head)
    if (channel !== opened) return
    if (answer?.ok === false && answer.reason === 'no-such-story') return handlers.onGone()
    if (answer?.ok === false && answer.reason === 'full') {
      opened.close()
      return turnedAway(answer)
    }
    if (!answer?.ok) {
      opened.close()
      return lost()
    }
    failures = 0
    isPolling = false
    pollMs = usualPollMs
    timers.clear('poll')
    listenForSilence(opened)
    handlers.onJoined(answer)
  }

  const listenForSilence = (opened: Channel) => {
    handlers.onHeard()
    timers.set('silence', silenceMs, () => {
      opened.close()
      lost()
    })
  }

  const lost = () => {
    failures += 1
    withoutSocket(retryDelay(failures, surroundings.random()))
    if (failures < failuresBeforePolling) handlers.onLost()
    else startPolling()
  }

  /** There are too many already: the page does as it is told. */
  const turnedAway = ({ pollEveryMs, retryAfterMs }: { pollEveryMs: number; retryAfterMs: number }) => {
    pollMs = pollEveryMs
    withoutSocket(retryAfterMs * (0.5 + surroundings.random()))
    startPolling()
  }

  const withoutSocket = (retryMs: number) => {
    channel = null
    timers.clear('move')
    timers.clear('silence')
    timers.set('retry', retryMs, connect)
  }

  const startPolling = () => {
    if (isPolling) return
    isPolling = true
    void poll()
  }

  const poll = async () => {
    await handlers.poll()
    // Spread over the interval, so that pages that lost their sockets together don't ask together for ever.
    if (isPolling) timers.set('poll', pollMs * (0.75 + surroundings.random() / 2), () => void poll())
  }

  return {
    open() {
      failures = 0
      connect()
    },
    close() {
      timers.clearAll()
      channel?.close()
      channel = null
      isPolling = false
    },
    cut() {
      channel?.close()
      lost()
    },
    hurry() {
      if (!channel) connect()
    },
    isPolling: () => isPolling,
    seen: (after, seq) => channel?.seen(after, seq),
    way: () => (channel && !isPolling ? 'socket' : 'polling'),
  }
}
