import type { IncomingMessage, ServerResponse } from 'node:http'

/** Requests that one connection may send before they are answered. Browsers and proxies send one. */
const maxPipelined = 16

/**
 * Returns a function that counts the unanswered requests of each connection, and closes a connection with too many. A client that
 * pipelines requests and reads nothing would fill the memory with responses.
 */
export function limitPipelining(): (request: IncomingMessage, response: ServerResponse) => boolean {
  const open = new WeakMap<object, number>()
  return ({ socket }, response) => {
    // Node has already parsed more requests of this connection.
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
