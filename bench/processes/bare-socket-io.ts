import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { now } from '../clock.ts'
import { answerParent } from './answer-parent.ts'
import { bareBroadcast, bodyOf } from './bare-broadcast.ts'

// The least that a server can do with Socket.IO, over websockets and without compression, as ours: what is posted to a room is emitted to it.

const httpServer = createServer(async (request, response) => {
  const [name, message] = JSON.parse((await bodyOf(request)).toString().slice(2)) as [string, unknown]
  const emitted = now()
  io.to(request.url ?? '').emit(name, message)
  response.writeHead(201).end(String(emitted))
})
const io = new Server(httpServer, { transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false })
io.on('connection', (socket) => void socket.join(`/${socket.handshake.query.room}`))

answerParent(bareBroadcast(httpServer))
