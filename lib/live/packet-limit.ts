import type { HubServer } from './hub-socket.ts'

/** Packets of one connection in ten seconds: its messages, and what confirms updates. */
const maxPackets = 400
const windowMs = 10_000

type Connection = {
  packetsSince?: number
  packets?: number
  on(name: 'packet', call: (this: Connection, packet: { type: string; data?: unknown }) => void): void
  close(): void
}

/**
 * Closes connections that send too many packets, or ask for a namespace that there isn't. Socket.IO answers the latter by itself, and no
 * handler of ours would hear of it.
 */
export function limitPackets(io: HubServer): void {
  io.engine.on('connection', (connection: Connection) => connection.on('packet', countPacket))
}

// One function for all connections: one for each would stay in memory for each.
function countPacket(this: Connection, { type, data }: { type: string; data?: unknown }): void {
  const now = performance.now()
  if (this.packetsSince === undefined || now - this.packetsSince > windowMs) {
    this.packetsSince = now
    this.packets = 0
  }
  this.packets = (this.packets ?? 0) + 1
  const isOtherNamespace = type === 'message' && typeof data === 'string' && data.startsWith('0/')
  if (isOtherNamespace || this.packets > maxPackets) this.close()
}
