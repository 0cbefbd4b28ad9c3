import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { now } from '../clock.ts'
import { answerParent } from './answer-parent.ts'
import { bareBroadcast, bodyOf } from './bare-broadcast.ts'

// The least that a server can do with the `ws` library: what is posted to a room is sent to each of its sockets.

const rooms = new Map<string, Set<WebSocket>>()

const httpServer = createServer(async (request, response) => {
  const message = await bodyOf(request)
  const emitted = now()
  for (const socket of rooms.get(request.url ?? '') ?? []) socket.send(message, { binary: false })
  response.writeHead(201).end(String(emitted))
})
new WebSocketServer({ server: httpServer, perMessageDeflate: false }).on('connection', (socket, { url = '' }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room.add(socket))
  socket.on('close', () => room.delete(socket))
  socket.on('error', () => socket.terminate())
})

answerParent(bareBroadcast(httpServer))
