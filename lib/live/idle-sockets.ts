import type { HubServer, HubSocket, Report } from './hub-socket.ts'

type Limits = {
  /** For so long a socket may be open without following anything, in ms. */
  readonly idleMs: number
  /** Between two looks, in ms. */
  readonly lookMs: number
}

export type IdleSockets = {
  /** It is of use: it follows a story, or is at a desk. */
  isUsed(socket: HubSocket): void
  /** How many are of none yet. */
  count(): number
  stop(): void
}

/**
 * Closes sockets that nobody uses. Whoever is signed in may have one for nothing but hearing that the session ends; `isSignedIn` is
 * asked, for a cookie can say anything.
 */
export function watchIdleSockets(
  io: HubServer,
  { idleMs, lookMs }: Limits,
  isSignedIn: (socket: HubSocket) => Promise<boolean>,
  report: Report,
): IdleSockets {
  /** Since when, in ms since the process began; oldest first. */
  const idle = new Map<HubSocket, number>()

  function onConnection(socket: HubSocket): void {
    idle.set(socket, performance.now())
    socket.on('disconnect', onDisconnect)
  }
  // One function for all: one for each would stay in memory for each.
  function onDisconnect(this: HubSocket): void {
    idle.delete(this)
  }
  const close = async (socket: HubSocket) => {
    const isNeeded = [...socket.rooms].length > 1 && (await isSignedIn(socket))
    if (!isNeeded) socket.disconnect(true)
  }
  const look = () => {
    const now = performance.now()
    for (const [socket, since] of idle) {
      if (now - since < idleMs) return
      idle.delete(socket)
      close(socket).catch((error: unknown) => report('asking whose an idle socket is failed', error))
    }
  }
  io.on('connection', onConnection)
  const timer = setInterval(look, lookMs)
  return {
    isUsed: (socket) => void idle.delete(socket),
    count: () => idle.size,
    stop: () => clearInterval(timer),
  }
}
