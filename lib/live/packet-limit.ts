import type { HubServer } from './hub-socket.ts'

/** Packets of one connection in ten seconds: its messages, and what confirms updates. */
const maxPackets = 400
/** Pings of the WebSocket protocol itself in the same time, each of which is answered. No browser sends any. */
const maxPings = 20
const windowMs = 10_000

/** A counter of the current window. */
type Counted = { countedSince?: number; counted?: number }

type WebSocketUnderneath = Counted & { on(name: 'ping', call: (this: WebSocketUnderneath) => void): void; terminate(): void }

type Connection = Counted & {
  readonly transport?: { readonly socket?: WebSocketUnderneath }
  on(name: 'packet', call: (this: Connection, packet: { type: string; data?: unknown }) => void): void
  close(): void
}

/**
 * Closes connections that send too many packets or pings, or ask for a namespace that doesn't exist: Socket.IO answers those itself, so
 * our handlers never see them.
 */
export function limitPackets(io: HubServer): void {
  io.engine.on('connection', (connection: Connection) => {
    connection.on('packet', onPacket)
    connection.transport?.socket?.on('ping', onPing)
  })
}

// One function for all connections: one for each would stay in memory for each.
function onPacket(this: Connection, { type, data }: { type: string; data?: unknown }): void {
  const isOtherNamespace = type === 'message' && typeof data === 'string' && data.startsWith('0/')
  if (isOtherNamespace || count(this) > maxPackets) this.close()
}

function onPing(this: WebSocketUnderneath): void {
  if (count(this) > maxPings) this.terminate()
}

function count(counted: Counted): number {
  const now = performance.now()
  if (counted.countedSince === undefined || now - counted.countedSince > windowMs) {
    counted.countedSince = now
    counted.counted = 0
  }
  counted.counted = (counted.counted ?? 0) + 1
  return counted.counted
}
