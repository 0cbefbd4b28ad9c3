import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fc, test } from '@fast-check/vitest'
import { Server } from 'socket.io'
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { openSocket, type PlainSocket, type SocketHandlers } from '#lib/live/plain-socket.ts'
import { socketPath } from '#lib/live/pulse.ts'

globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket

// Against the library's own server: what it says is the protocol.

describe('a plain socket', () => {
  const httpServer = createServer()
  let io: Server
  let url: string

  beforeAll(async () => {
    io = new Server(httpServer, { path: socketPath, transports: ['websocket'], serveClient: false, pingInterval: 50, pingTimeout: 100 })
    io.on('connection', (socket) => {
      socket.on('echo', (message: unknown, answer: (said: unknown) => void) => answer(message))
      socket.on('say', (message: unknown) => socket.emit('said', message))
      socket.on('go', () => socket.disconnect())
      socket.on('drop', () => socket.conn.close())
    })
    httpServer.listen(0, '127.0.0.1')
    await once(httpServer, 'listening')
    url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
  })
  afterAll(() => io.close())

  /** One that is open, and what it has heard. */
  async function opened(base = url): Promise<{ socket: PlainSocket; heard: unknown[]; closed: Promise<void> }> {
    const heard: unknown[] = []
    let onClosed = () => {}
    const closed = new Promise<void>((resolve) => {
      onClosed = resolve
    })
    const socket = await new Promise<PlainSocket>((resolve, reject) => {
      const handlers: SocketHandlers = {
        onOpen: () => resolve(made),
        onMessage: (name, message) => heard.push([name, message]),
        onClosed: () => {
          onClosed()
          reject(new Error('closed'))
        },
      }
      const made = openSocket(base, handlers)
    })
    onTestFinished(() => socket.close())
    return { socket, heard, closed }
  }

  test.prop([fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 })], { numRuns: 50 })('says and hears whatever JSON can hold', async (values) => {
    const { socket, heard } = await opened()
    const asJson = values.map((value) => JSON.parse(JSON.stringify(value)))
    expect(await Promise.all(values.map((value) => socket.ask('echo', value, 5_000)))).toEqual(asJson)
    for (const value of values) socket.send('say', value)
    await expect.poll(() => heard.length).toBe(values.length)
    expect(heard).toEqual(asJson.map((value) => ['said', value]))
    socket.close()
  })

  test('stays open as long as it answers the server’s pings', async () => {
    const { socket } = await opened()
    const later = Date.now() + 500
    await expect.poll(() => Date.now() > later, { timeout: 2_000 }).toBe(true)
    expect(await socket.ask('echo', 'still here', 1_000)).toBe('still here')
  })

  test('is told when the server closes it, either way, and what was asked then has no answer', async () => {
    for (const how of ['go', 'drop']) {
      const { socket, closed } = await opened()
      const unanswered = socket.ask('nobody hears this', null, 60_000)
      socket.send(how, null)
      await closed
      expect(await unanswered).toBeUndefined()
      expect(await socket.ask('echo', 1, 60_000)).toBeUndefined()
    }
  })

  test('answers nothing after so many ms, and says nothing once it is closed', async () => {
    const { socket, heard } = await opened()
    expect(await socket.ask('nobody hears this', null, 20)).toBeUndefined()
    socket.send('say', 'late')
    socket.close()
    const other = await opened()
    await other.socket.ask('echo', 1, 1_000)
    expect(heard).toEqual([])
  })

  test('gives up where nobody lets it in: no server, a silent one, one that refuses', async () => {
    const silent = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    const refusing = new Server(0, { path: socketPath, transports: ['websocket'] })
    refusing.use((_, next) => next(new Error('not you')))
    await once(silent, 'listening')
    const portOf = (address: AddressInfo | string | null) => (address as AddressInfo).port
    for (const port of [1, portOf(silent.address()), portOf(refusing.httpServer.address())]) {
      const told = await new Promise<string>((resolve) => {
        const handlers = { onOpen: () => resolve('open'), onMessage: () => resolve('message'), onClosed: () => resolve('closed') }
        openSocket(`http://127.0.0.1:${port}`, handlers, 200)
      })
      expect(told).toBe('closed')
    }
    silent.close()
    await refusing.close()
  })
})
