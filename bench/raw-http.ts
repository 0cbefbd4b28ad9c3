import { connect } from 'node:net'
import { now } from './clock.ts'

// As much of an HTTP client as asking for one page again and again needs, on a bare TCP socket that is kept open.

export type Answered = { readonly status: number; readonly bytes: number; readonly ms: number }

export type RawConnection = {
  /** One request at a time. Status 0 says that the connection is gone. */
  ask(request: Buffer, onAnswered: (answered: Answered) => void): void
  isOpen(): boolean
  close(): void
}

const shared = Buffer.allocUnsafeSlow(1024 * 1024)
const endOfHead = '\r\n\r\n'
const endOfChunks = Buffer.from('\r\n0\r\n\r\n')

export function openRawConnection({ hostname, port }: URL): RawConnection {
  let onAnswered: ((answered: Answered) => void) | null = null
  let begin = 0
  /** Of what is being answered: none yet; how many bytes have come; how many are to come, -1 if it comes in chunks. */
  let status = 0
  let bytes = 0
  let left = 0
  /** What has come of a head that isn't whole, and the last few bytes of a body in chunks. */
  let begun: Buffer | null = null
  let tail: Buffer = Buffer.alloc(0)
  /** The head of the answer before. Most come again byte for byte, and are not read again. */
  let known: { readonly head: Buffer; readonly status: number; readonly left: number } | null = null

  const answered = () => {
    const hear = onAnswered
    onAnswered = null
    begun = null
    tail = tail.subarray(0, 0)
    hear?.({ status, bytes, ms: now() - begin })
  }
  const read = (length: number) => {
    if (status === 0) readHead(length)
    else readBody(shared, 0, length)
    return true
  }
  const readHead = (length: number) => {
    const seen = begun === null ? shared : Buffer.concat([begun, shared.subarray(0, length)])
    const end = begun === null ? length : seen.length
    const isKnown = known !== null && end >= known.head.length && known.head.compare(seen, 0, known.head.length) === 0
    if (!isKnown) known = parse(seen.subarray(0, end))
    if (known === null) {
      begun = Buffer.from(seen.subarray(0, end))
      return
    }
    ;({ status, left } = known)
    bytes = known.head.length
    readBody(seen, known.head.length, end)
  }
  const readBody = (seen: Buffer, from: number, end: number) => {
    bytes += end - from
    if (left >= 0) {
      left -= end - from
      if (left <= 0) answered()
      return
    }
    // In chunks: it is over when the last one has come.
    tail = Buffer.concat([tail, seen.subarray(Math.max(from, end - endOfChunks.length), end)]).subarray(-endOfChunks.length)
    if (tail.equals(endOfChunks)) answered()
  }

  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer: shared, callback: read } })
  socket.on('error', () => {})
  socket.on('close', () => {
    status = 0
    answered()
  })
  return {
    ask(request, hear) {
      onAnswered = hear
      begin = now()
      status = 0
      bytes = 0
      if (socket.destroyed) return answered()
      socket.write(request)
    },
    isOpen: () => !socket.destroyed,
    close: () => void socket.destroy(),
  }
}

/** Null if the head isn't whole. */
function parse(seen: Buffer) {
  const at = seen.indexOf(endOfHead)
  if (at === -1) return null
  const text = seen.toString('latin1', 0, at)
  const status = Number(text.slice(9, 12))
  const isChunked = /\r\ntransfer-encoding: *chunked/i.test(text)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0)
  return { head: Buffer.from(seen.subarray(0, at + endOfHead.length)), status, left: status === 304 ? 0 : isChunked ? -1 : length }
}

export function requestFor(address: URL, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries({ host: address.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`GET ${address.pathname}${address.search} HTTP/1.1\r\n${lines.join('')}\r\n`)
}
