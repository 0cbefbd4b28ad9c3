import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { now } from '../clock.ts'
import { answerParent } from './answer-parent.ts'
import type { BareBroadcast } from './bare-ws.ts'
import { bodyOf } from './body-of.ts'

// The least that a server can do with Socket.IO, over websockets and without compression, as ours: what is posted to a room is emitted to it.

const httpServer = createServer(async (request, response) => {
  const [name, message] = JSON.parse((await bodyOf(request)).toString().slice(2)) as [string, unknown]
  const emitted = now()
  io.to(request.url ?? '').emit(name, message)
  response.writeHead(201).end(String(emitted))
})
const io = new Server(httpServer, { transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false })
io.on('connection', (socket) => void socket.join(`/${socket.handshake.query.room}`))

const answers: BareBroadcast = {
  listen: () =>
    new Promise((resolve) => {
      httpServer.listen(0, '127.0.0.1', () => resolve((httpServer.address() as AddressInfo).port))
    }),
}

answerParent(answers)
