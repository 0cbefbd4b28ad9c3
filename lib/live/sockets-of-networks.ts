import type { IncomingMessage } from 'node:http'

/** How many sockets are open, by the network that they come from. */
export type SocketsOfNetworks = {
  /** Whether one more may be opened from there. */
  isRoomFor(request: IncomingMessage): boolean
  /** Counts one. Answers what is to be called once it is closed. */
  count(request: IncomingMessage): () => void
}

/** Lets no network have more than `most`. `networkOf` says where a request comes from. */
export function socketsOfNetworks(networkOf: (request: IncomingMessage) => string, most: number): SocketsOfNetworks {
  const counts = new Map<string, number>()
  return {
    isRoomFor: (request) => (counts.get(networkOf(request)) ?? 0) < most,
    count(request) {
      const network = networkOf(request)
      counts.set(network, (counts.get(network) ?? 0) + 1)
      return () => {
        const left = (counts.get(network) ?? 0) - 1
        if (left > 0) counts.set(network, left)
        else counts.delete(network)
      }
    },
  }
}
