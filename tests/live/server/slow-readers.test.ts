import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect as connectTo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { slowRoom, watchSlowReaders } from '#lib/live/slow-readers.ts'
import { openSocketServer } from '#lib/live/socket-server.ts'

const limits = { slowBytes: 256 * 1024, cutBytes: 16 * 1024 * 1024, slowMs: 3_000, lookMs: 20 }
const text = 'The water is rising. '.repeat(5_000)

test('those that read nothing get no more than is allowed: one that goes on reading is told, one that doesn’t is cut', async () => {
  const httpServer = createServer()
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  const io = openSocketServer(httpServer, [])
  const caughtUp: string[] = []
  const told = { cut: 0, mostWaiting: 0 }
  const stop = watchSlowReaders(io, limits, ({ id }) => caughtUp.push(id), {
    cut() {
      told.cut += 1
    },
    waiting(bytes) {
      told.mostWaiting = Math.max(told.mostWaiting, bytes)
    },
  })
  onTestFinished(async () => {
    stop()
    await io.close()
  })
  const port = (httpServer.address() as AddressInfo).port
  const [stalled, late] = [await stalledReader(port), await stalledReader(port)]
  await expect.poll(() => io.of('/').sockets.size).toBe(2)
  const slow = () => io.of('/').adapter.rooms.get(slowRoom)?.size ?? 0

  // As much as it takes to fill what lies between the two, and then what waits here.
  const message = { story: 'bridge', epoch: 1, events: [], text }
  for (let sent = 0; slow() < 2 && sent < 1_000; sent += 1) {
    io.except(slowRoom).emit('events', message)
    await new Promise((resolve) => setTimeout(resolve, limits.lookMs / 2))
  }
  expect(slow()).toBe(2)
  late.resume()
  await expect.poll(() => caughtUp.length, { timeout: 2_500 }).toBe(1)
  expect(slow()).toBe(1)
  // The other had its time.
  await expect.poll(() => io.of('/').sockets.size, { timeout: 10_000 }).toBe(1)
  expect(slow()).toBe(0)
  expect([...io.of('/').sockets.keys()]).toEqual(caughtUp)
  expect(told.cut).toBe(1)
  expect(told.mostWaiting).toBeGreaterThan(2 * limits.slowBytes)
  stalled.close()
  late.close()
})

/** A reader over a bare connection, that after it has joined reads nothing until it is told to. */
async function stalledReader(port: number) {
  const connection = connectTo(port, '127.0.0.1')
  const lines = ['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Upgrade: websocket', 'Connection: Upgrade']
  connection.write([...lines, 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, '', ''].join('\r\n'))
  let heard = ''
  connection.on('error', () => {})
  const hears = (text: string) =>
    new Promise<void>((resolve) => {
      const hear = (data: Buffer) => {
        heard += data.toString('latin1')
        if (heard.includes(text)) {
          connection.off('data', hear)
          resolve()
        }
      }
      connection.on('data', hear)
    })
  const says = (text: string) => {
    const bytes = Buffer.from(text)
    // A short frame of text, masked with nothing.
    connection.write(Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]))
  }
  await hears('0{')
  says('40')
  await hears('40{')
  connection.pause()
  return {
    resume: () => void connection.on('data', () => {}).resume(),
    close: () => connection.destroy(),
  }
}
