import type { HubSocket } from './hub-socket.ts'

/** One message, made ready to be sent to any number of sockets. */
export type Broadcast = { readonly packet: string; readonly frame: Buffer }

/** As Socket.IO writes it: `4` for a message of Engine.IO, `2` for an event. */
export function broadcastOf(name: string, message: unknown): Broadcast {
  const packet = `2${JSON.stringify([name, message])}`
  return { packet, frame: textFrame(`4${packet}`) }
}

/**
 * Sends it past the libraries' queues where nothing waits in them, and by way of them where something does: so it comes in its turn.
 * One call of the system and nothing that is made for the one reader, which is about what a bare websocket costs.
 */
export function sendBroadcast(socket: HubSocket, { packet, frame }: Broadcast): void {
  const { conn } = socket as unknown as { readonly conn: Connection }
  const { transport } = conn
  const { socket: websocket } = transport
  const isFree = conn.readyState === 'open' && conn.writeBuffer.length === 0 && transport.writable && websocket?.readyState === open
  if (isFree && websocket._sender) websocket._sender.sendFrame([frame])
  else conn.write(packet, { compress: false, wsPreEncodedFrame: [frame] })
}

/** As much of the libraries below as is needed here. Socket.IO's own broadcast reaches as deep, and writes a frame in two pieces. */
type Connection = {
  readonly readyState: string
  readonly writeBuffer: readonly unknown[]
  readonly transport: {
    readonly writable: boolean
    readonly socket?: { readonly readyState: number; readonly _sender?: { sendFrame(pieces: readonly Buffer[]): void } }
  }
  write(packet: string, options: { compress: boolean; wsPreEncodedFrame: readonly Buffer[] }): void
}

const open = 1

/**
 * A whole text in one frame, as a server sends it: without a mask.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const [code, extra] = length < 126 ? [length, 0] : length < 65_536 ? [126, 2] : [127, 8]
  const frame = Buffer.allocUnsafe(2 + extra + length)
  frame[0] = 0x81
  frame[1] = code
  if (extra === 2) frame.writeUInt16BE(length, 2)
  if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, 2 + extra)
  return frame
}
