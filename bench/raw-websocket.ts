import { connect } from 'node:net'

// As much of a websocket as a reader of a benchmark needs, on a bare TCP socket: it costs a fraction of a library's.

export type RawHandlers = {
  onOpen(): void
  /** The text from `start` to `end`, in a buffer that the next read overwrites, and how many bytes its frame had. */
  onText(bytes: Buffer, start: number, end: number, frame: number): void
  /** It never opened, or is gone; not called after `drop`. */
  onClosed(): void
}

export type RawWebSocket = { send(frame: Buffer): void; drop(): void }

/** All sockets read into one buffer: what is in it is looked at before the next one reads. */
const shared = Buffer.allocUnsafeSlow(256 * 1024)

const [text, close, ping] = [1, 8, 9]
const endOfHead = '\r\n\r\n'

export function openRawWebSocket({ hostname, port }: URL, path: string, handlers: RawHandlers): RawWebSocket {
  let isOpen = false
  let isDropped = false
  /** What has come of a head or a frame that isn't whole. */
  let begun: Buffer | null = null

  const read = (length: number) => {
    const bytes = begun === null ? shared : Buffer.concat([begun, shared.subarray(0, length)])
    const end = begun === null ? length : bytes.length
    const at = isOpen ? readFrames(bytes, 0, end) : readHead(bytes, end)
    // `drop` may have been called by what was read.
    begun = at < end && !isDropped ? Buffer.from(bytes.subarray(at, end)) : null
    return true
  }
  const readHead = (bytes: Buffer, end: number): number => {
    const head = bytes.subarray(0, end).indexOf(endOfHead)
    if (head === -1) return 0
    if (bytes.toString('latin1', 9, 12) !== '101') {
      socket.destroy()
      return end
    }
    isOpen = true
    handlers.onOpen()
    return readFrames(bytes, head + endOfHead.length, end)
  }
  const readFrames = (bytes: Buffer, from: number, end: number): number => {
    let at = from
    while (end - at >= 2 && !isDropped) {
      const short = bytes.readUInt8(at + 1)
      const header = short < 126 ? 2 : short === 126 ? 4 : 10
      if (end - at < header) break
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      const next = at + header + length
      if (next > end) break
      const kind = bytes.readUInt8(at) & 0x0f
      if (kind === text) handlers.onText(bytes, at + header, next, next - at)
      else if (kind === ping) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]))
      else if (kind === close) socket.destroy()
      at = next
    }
    return at
  }

  const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer: shared, callback: read } })
  socket.on('error', () => {})
  socket.on('close', () => {
    if (!isDropped) handlers.onClosed()
  })
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  return {
    send: (frame) => void socket.write(frame),
    drop() {
      isDropped = true
      socket.destroy()
    },
  }
}

/** A text as a client sends it. The mask is zero, so that nothing has to be masked. */
export function frameOf(message: string): Buffer {
  const body = Buffer.from(message)
  const header = body.length < 126 ? [0x81, 0x80 | body.length] : [0x81, 0x80 | 126, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), body])
}
