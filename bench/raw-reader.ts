import { retryDelay } from '#lib/live/backoff.ts'
import type { Messages } from './messages.ts'
import { frameOf, openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'

/** What is followed: a story of ours, or a room of a server that broadcasts and nothing else. */
export type Followed = { readonly url: string; readonly by: 'staytuned' | 'socket.io' | 'ws'; readonly room: string }

/** What has come to all readers of a crowd. */
export type Tally = {
  delivered: number
  /** What came again after it had come. */
  doubled: number
  /** What came before something that should have come first. Of ours, the reader asks for that; else it is lost. */
  gaps: number
  /** What came again because it was sent while the reader was joining: the contract allows for it. */
  overlaps: number
  bytes: number
  /** Sockets that were lost, or never opened. */
  failures: number
}

export type Crowd = {
  readonly followed: Followed
  readonly messages: Messages
  readonly tally: Tally
  onArrived(seq: number): void
  onReady(reader: RawReader): void
}

export type RawReader = {
  /** The number of the newest event that it has, all before it included. */
  at(): number
  isReady(): boolean
  connect(): void
  /** Gone, until it connects. */
  drop(): void
}

const pong = frameOf('3')
const join = frameOf('40')

/**
 * A reader's page as far as the wire can tell: it knows where it is, follows from there, drops what it has, keeps what is too early,
 * asks for what is missing, confirms if it is asked to, and comes back with the pages' own backoff when its socket is gone.
 */
export function rawReader(crowd: Crowd, after: number): RawReader {
  const { followed, messages, tally } = crowd
  const address = new URL(followed.url)
  let socket: RawWebSocket | null = null
  let retry: NodeJS.Timeout | undefined
  let failures = 0
  let at = after
  /** What the newest answer reached up to. */
  let answered = 0
  let isReady = false
  let isAsked = false
  /** Numbers that came too early. */
  let early: number[] = []

  const take = (seq: number) => {
    if (seq === at + 1) {
      at = seq
      tally.delivered += 1
      crowd.onArrived(seq)
    } else if (seq > at) early.push(seq)
    else if (seq <= answered) tally.overlaps += 1
    else tally.doubled += 1
  }
  const takeAll = (seqs: readonly number[]) => {
    for (const seq of seqs) take(seq)
    if (early.length === 0) return
    const waiting = early.filter((seq) => seq > at).sort((one, other) => one - other)
    early = []
    for (const seq of waiting) take(seq)
  }
  const ask = () => {
    const request = { story: followed.room, epoch: 1, after: at, as: 'reader' }
    socket?.send(frameOf(`420["follow",${JSON.stringify(request)}]`))
  }
  const mend = () => {
    tally.gaps += 1
    if (followed.by === 'staytuned') return ask()
    at = early.at(-1) ?? at
    early = []
  }
  const ready = () => {
    failures = 0
    isReady = true
    crowd.onReady(reader)
  }

  const hear = (bytes: Buffer, start: number, end: number, frame: number) => {
    const said = messages.read(bytes, start, end)
    if (said.kind === 'events') {
      tally.bytes += frame
      const before = at
      takeAll(said.seqs)
      if (early.length > 0 && isReady) mend()
      if (isAsked && at > before) socket?.send(frameOf(`42["seen",${JSON.stringify({ story: followed.room, after: before, seq: at })}]`))
    } else if (said.kind === 'ping') socket?.send(pong)
    else if (said.kind === 'opened') socket?.send(join)
    else if (said.kind === 'joined') followed.by === 'staytuned' ? ask() : ready()
    else if (said.kind === 'answer') {
      answered = said.head
      isAsked = said.isAsked
      takeAll(said.seqs)
      ready()
    } else if (said.kind === 'head' && isReady && said.head > at) mend()
    else if (said.kind === 'leaving') retry = setTimeout(move, Math.random() * said.within)
    else if (said.kind === 'refused' || said.kind === 'closed') lost()
  }
  const move = () => {
    leave()
    connect()
  }
  const leave = () => {
    clearTimeout(retry)
    socket?.drop()
    socket = null
    isReady = false
    early = []
  }
  const lost = () => {
    leave()
    failures += 1
    tally.failures += 1
    retry = setTimeout(connect, retryDelay(failures, Math.random()))
  }
  const connect = () => {
    const path = followed.by === 'ws' ? `/${followed.room}` : `/socket.io/?EIO=4&transport=websocket&room=${followed.room}`
    socket = openRawWebSocket(address, path, { onOpen: () => followed.by === 'ws' && ready(), onText: hear, onClosed: lost })
  }

  const reader: RawReader = { at: () => at, isReady: () => isReady, connect, drop: leave }
  return reader
}
