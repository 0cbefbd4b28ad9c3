import type { LeavingMessage } from './contract.ts'
import { socketPath } from './pulse.ts'

/**
 * Calls back each time that the server says a session of this browser has ended, whoever ended it; it may have another by then, so
 * ask. A notice that comes while there's no connection is lost. The answer stops it. One socket; its code is loaded for it.
 */
export function watchSession(onEnded: () => void): () => void {
  let isStopped = false
  const opening = open()

  async function open() {
    const { io } = await import('socket.io-client')
    if (isStopped) return null
    const socket = io({ path: socketPath, transports: ['websocket'], forceNew: true })
    socket.on('session-ended', () => !isStopped && onEnded())
    socket.on('leaving', ({ within }: LeavingMessage) => {
      setTimeout(() => !isStopped && socket.disconnect().connect(), Math.random() * within)
    })
    // Closed by the server with the session: the next one has the cookie that the browser has by then.
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect' && !isStopped) setTimeout(() => !isStopped && socket.connect(), againMs)
    })
    return socket
  }
  opening.catch(() => {
    // Without a network there's no code to load: the desk asks from time to time all the same.
  })

  return () => {
    isStopped = true
    void opening.then(
      (socket) => socket?.disconnect(),
      () => {},
    )
  }
}

/** Pages of a newsroom that were all closed at once don't all come back at once. */
const againMs = 1_000
