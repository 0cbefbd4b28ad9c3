import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { longestMessage } from './contract.ts'
import { sessionRoom } from './hub.ts'
import type { HubServer } from './hub-socket.ts'
import { socketPath } from './pulse.ts'

/**
 * The Socket.IO server on our HTTP server: websocket only, no compression (so that one encoded frame serves all), and no
 * state kept for sockets that come back (the log is the recovery). Pages from elsewhere are refused by their origin;
 * programs that send none may read what everybody may read. So may whoever is signed in, and nothing more: all that a session
 * is good for here is to be told when it ends.
 */
export function openSocketServer(
  httpServer: HttpServer,
  origins: readonly string[],
  sessionMarkIn: (cookie: string | undefined) => string | null = () => null,
): HubServer {
  const io: HubServer = new Server(httpServer, {
    path: socketPath,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: longestMessage,
    pingInterval: 25_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    allowRequest: ({ headers: { origin } }, decide) => decide(null, origin === undefined || origins.includes(origin)),
  })
  io.on('connection', (socket) => {
    const { handshake } = socket
    const { cookie, origin } = handshake.headers
    const mark = sessionMarkIn(cookie)
    if (mark !== null) void socket.join(sessionRoom(mark))
    // The request and all that it brought along would stay in memory as long as the socket; a desk is asked later whose it is.
    // (Taken away altogether, a property makes the object that had it larger.)
    const connection: { request?: unknown } = socket.conn
    connection.request = undefined
    handshake.headers = cookie === undefined ? {} : { cookie, origin }
    handshake.query = {}
  })
  return io
}
