import type { IncomingMessage, ServerResponse } from 'node:http'

/** Requests that one connection may send before they are answered. Browsers and proxies send one. */
const maxPipelined = 16

/**
 * Returns a function that counts a request of its connection until it is answered, and says whether there are too many: then the
 * connection is closed. Somebody who sends many and reads nothing would fill the memory with answers.
 */
export function limitPipelining(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const open = new WeakMap<object, number>()
  return ({ socket }, response) => {
    // More of what it has sent was read already.
    if (socket.destroyed) return true
    const count = (open.get(socket) ?? 0) + 1
    if (count > maxPipelined) {
      socket.destroy()
      return true
    }
    open.set(socket, count)
    response.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1))
    return false
  }
}
