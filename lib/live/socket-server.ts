import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import { longestMessage } from './contract.ts'
import { parser } from './encoded-answer.ts'
import { sessionRoom } from './hub.ts'
import type { HubServer } from './hub-socket.ts'
import { limitPackets } from './packet-limit.ts'
import { socketPath } from './pulse.ts'
import { socketsOfNetworks } from './sockets-of-networks.ts'

export type SocketOptions = {
  /** Names the session that a browser says it has. */
  readonly sessionMarkIn: (cookie: string | undefined) => string | null
  /** Where a request comes from. */
  readonly networkOf: (request: IncomingMessage) => string
  /** So many sockets one network may have. */
  readonly mostOfNetwork: number
  /** Called when one of a network that has so many is refused. */
  readonly onRefused: () => void
  /** So many may be open at once. The hub lets fewer follow, and has time to tell the others so. */
  readonly mostOpen: number
}

const unlimited: SocketOptions = {
  sessionMarkIn: () => null,
  networkOf: ({ socket }) => socket.remoteAddress ?? '',
  mostOfNetwork: Number.POSITIVE_INFINITY,
  onRefused() {},
  mostOpen: Number.POSITIVE_INFINITY,
}

/**
 * The Socket.IO server on our HTTP server: websocket only, no compression (so that one encoded frame serves all), and no
 * state kept for sockets that come back (the log is the recovery). Pages from elsewhere are refused by their origin;
 * programs that send none may read what everybody may read. So may whoever is signed in, and nothing more: all that a session
 * is good for here is to be told when it ends.
 */
export function openSocketServer(httpServer: HttpServer, origins: readonly string[], options: Partial<SocketOptions> = {}): HubServer {
  const { sessionMarkIn, networkOf, mostOfNetwork, onRefused, mostOpen } = { ...unlimited, ...options }
  const networks = socketsOfNetworks(networkOf, mostOfNetwork)
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
    parser,
    allowRequest: (request, decide) => {
      const { origin } = request.headers
      const isOurs = origin === undefined || origins.includes(origin)
      const isRoom = networks.isRoomFor(request)
      if (!isRoom) onRefused()
      decide(null, isOurs && isRoom && io.engine.clientsCount < mostOpen)
    },
  })
  io.engine.on('connection', (connection: { request: IncomingMessage; once(name: 'close', call: () => void): void }) => {
    connection.once('close', networks.count(connection.request))
  })
  limitPackets(io)
  io.on('connection', (socket) => {
    const { handshake } = socket
    const { cookie, origin } = handshake.headers
    const mark = sessionMarkIn(cookie)
    if (mark !== null) void socket.join(sessionRoom(mark))
    socket.data.network = networkOf(socket.request)
    // The request and all that it brought along would stay in memory as long as the socket; a desk is asked later whose it is.
    // (Taken away altogether, a property makes the object that had it larger.)
    const connection: { request?: unknown } = socket.conn
    connection.request = undefined
    handshake.headers = cookie === undefined ? {} : { cookie, origin }
    handshake.query = {}
  })
  return io
}
