/** How often a followed story's head is said again, in ms. A reader who missed something silently knows by then. */
export const heartbeatMs = 10_000

/** Where the sockets are. */
export const socketPath = '/socket.io/'
