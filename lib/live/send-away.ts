import type { HubServer } from './hub-socket.ts'

/** Those that don't know what they are told are given this much longer, in ms. */
const patienceMs = 2_000
const lookEveryMs = 100

/** Tells every page to open its socket elsewhere within so many ms, and waits until they have, or a little longer. They get everything until then. */
export async function sendAway(io: HubServer, within: number): Promise<void> {
  io.emit('leaving', { within })
  const end = performance.now() + within + patienceMs
  while (io.of('/').sockets.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
}
