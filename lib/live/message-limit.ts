import type { HubSocket } from './hub-socket.ts'

export type MessageLimits = {
  /** Messages of one socket in a window. A page needs one for each story that it follows. */
  readonly maxOfSocket: number
  /** Of all sockets of a network together. */
  readonly maxOfNetwork: number
  readonly windowMs: number
}

/**
 * Returns a function that counts a message of a socket, and says whether the socket or its network has sent too many. What a socket was
 * told of what it missed is counted over the same window, and begins anew with it.
 */
export function messageLimit({ maxOfSocket, maxOfNetwork, windowMs }: MessageLimits): (data: HubSocket['data']) => boolean {
  const ofNetworks = new Map<string, number>()
  let networksSince = performance.now()

  const countOfNetwork = (network: string): number => {
    const now = performance.now()
    if (now - networksSince > windowMs) {
      ofNetworks.clear()
      networksSince = now
    }
    const count = (ofNetworks.get(network) ?? 0) + 1
    ofNetworks.set(network, count)
    return count
  }

  return (data) => {
    const now = performance.now()
    if (data.countedSince === undefined || now - data.countedSince > windowMs) {
      data.countedSince = now
      data.messages = 0
      data.caughtUpBytes = 0
    }
    data.messages = (data.messages ?? 0) + 1
    const isTooManyOfNetwork = data.network !== undefined && countOfNetwork(data.network) > maxOfNetwork
    return isTooManyOfNetwork || data.messages > maxOfSocket
  }
}
