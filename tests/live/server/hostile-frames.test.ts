import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { deflateRawSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openTestStore } from '../../databases.ts'
import { effort } from '../../effort.ts'
import { openedStory, publish } from '../../newsroom/a-newsroom.ts'
import { faultSeed, randomFrom } from '../../seeded-random.ts'
import { openHub } from './a-hub.ts'

const frames = effort(20_000, 100_000)
/** On so many connections at a time, each of which ends as the server ends it. */
const connections = 40

const megabytes = () => process.memoryUsage().rss / 1024 ** 2

test(`frames that no browser sends (${frames}, FAULT_SEED=${faultSeed}) hurt nobody else, and leave nothing behind`, async () => {
  const random = randomFrom(faultSeed)
  const { store, close } = await openTestStore('embedded')
  onTestFinished(close)
  const newsroom = { store, now: () => new Date() }
  const slug = await openedStory(newsroom)
  const { url, io, problems } = await openHub(store)
  const port = Number(new URL(url).port)
  const well = await reader(port, slug)
  const before = megabytes()

  let sent = 0
  const attack = async () => {
    while (sent < frames) {
      const socket = await opened(port)
      let isOver = false
      socket.on('close', () => {
        isOver = true
      })
      while (!isOver && sent < frames) {
        // A server that reads slowly is waited for, or all of it would be in our memory.
        if (!socket.write(hostile(random, slug))) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
        sent += 1
        if (sent % 8 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      socket.destroy()
    }
  }
  const attacks = Promise.all(Array.from({ length: connections }, attack))
  for (let number = 1; number <= 10; number += 1) {
    await publish(newsroom, slug, `The bridge stays closed, for the ${number}th time.`)
    await expect.poll(() => well.seqs.length, { timeout: 10_000 }).toBe(number)
  }
  await attacks
  await publish(newsroom, slug, 'It is over.')
  await expect.poll(() => well.seqs, { timeout: 10_000 }).toEqual(Array.from({ length: 11 }, (_, index) => index + 2))
  await expect.poll(() => io.of('/').sockets.size, { timeout: 10_000 }).toBe(1)
  expect(problems).toEqual([])
  expect(megabytes() - before).toBeLessThan(400)
}, 180_000)

/** Frames as they come to somebody who means harm, or whose program is broken. */
function hostile(random: () => number, slug: string): Buffer {
  const below = (limit: number) => Math.floor(random() * limit)
  const text = (words: string) => frame(Buffer.from(words))
  const kinds: (() => Buffer)[] = [
    // What the protocol knows, with what it doesn't.
    () => text(`42["follow",${JSON.stringify({ story: slug, epoch: below(5) - 1, after: below(1e9) - 5e8 })}]`),
    () => text(`42${below(1e6)}["follow",${'['.repeat(below(1_500))}`),
    () => text(`42${below(10)}["follow",{"story":"${'a'.repeat(below(3_000))}"}]`),
    () => text(`42["__proto__",{"__proto__":{"x":1}}]`),
    () => text(`42["seen",{"story":"${slug}","after":${below(9)},"seq":${below(99)}}]`),
    () => text(`42["desk",{"story":"${slug}"}]`),
    () => text(`43${below(99)}[{"ok":true}]`),
    () => text(`45${below(3)}-["follow",{"_placeholder":true,"num":${below(9)}}]`),
    () => text(['0', '1', '2probe', '3', '5', '6', '41', '40/admin,', '40', '44{"message":"x"}', '', '4', '42', '42['][below(14)] ?? ''),
    () => text(String.fromCharCode(...Array.from({ length: below(60) }, () => below(0xd800)))),
    // What it doesn't know.
    () => frame(randomBytes(below(200)), { opcode: 1 }),
    () => frame(randomBytes(below(200)), { opcode: 2 }),
    () => frame(randomBytes(below(200)), { opcode: below(16) }),
    () => frame(Buffer.from('x'), { reserved: 1 + below(7) }),
    () => frame(Buffer.from('x'), { isMasked: false }),
    () => frame(randomBytes(126 + below(100)), { opcode: 8 + below(3) }),
    // More than is taken, in one piece, in many, and as a length that is never sent.
    () => frame(Buffer.alloc(4_097 + below(20_000), 0x61)),
    () => Buffer.concat([frame(Buffer.from('42["fol'), { isLast: false }), frame(Buffer.from('low",{}]'), { opcode: 0 })]),
    () => Buffer.concat(Array.from({ length: 20 }, (_, index) => frame(Buffer.alloc(400, 0x61), { opcode: index === 0 ? 1 : 0, isLast: false }))),
    () => frame(Buffer.from('x'), { opcode: 0 }),
    () => Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    () => Buffer.from([0x81, 0xfe, 0xff, 0xff, 1, 2, 3, 4]),
    // What would be a great deal, if anybody unpacked it.
    () => frame(bomb, { reserved: 4 }),
    () => randomBytes(1 + below(300)),
  ]
  return kinds[below(kinds.length)]?.() ?? Buffer.alloc(0)
}

const bomb = deflateRawSync(Buffer.alloc(2_000_000)).subarray(0, 3_000)

type Shape = { opcode?: number; isLast?: boolean; reserved?: number; isMasked?: boolean }

/** One frame as a client sends it, in a mask. */
function frame(payload: Buffer, { opcode = 1, isLast = true, reserved = 0, isMasked = true }: Shape = {}): Buffer {
  const head = [(isLast ? 0x80 : 0) | (reserved << 4) | opcode]
  const bit = isMasked ? 0x80 : 0
  if (payload.length < 126) head.push(bit | payload.length)
  else head.push(bit | 126, payload.length >> 8, payload.length & 0xff)
  if (!isMasked) return Buffer.concat([Buffer.from(head), payload])
  const mask = randomBytes(4)
  return Buffer.concat([Buffer.from(head), mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))])
}

/** A connection on which the two have agreed to speak websocket, and in the one namespace. */
async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  const lines = ['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade']
  socket.write([...lines, 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, '', ''].join('\r\n'))
  await hears(socket, '0{"sid"')
  socket.write(frame(Buffer.from('40')))
  await hears(socket, '40{"sid"')
  socket.resume()
  return socket
}

/** Until something has come, or nothing comes any more. */
async function hears(socket: Socket, text: string): Promise<void> {
  let heard = ''
  await new Promise<void>((resolve) => {
    const hear = (data: Buffer) => {
      heard += data.toString('latin1')
      if (!heard.includes(text)) return
      socket.off('data', hear)
      resolve()
    }
    socket.on('data', hear).once('close', resolve)
  })
}

/** One that behaves, and notes what it gets. */
async function reader(port: number, slug: string) {
  const socket = await opened(port)
  const seqs: number[] = []
  let rest = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    for (const [, seq] of rest.toString('latin1').matchAll(/\["events",\{"story":"[^"]*","epoch":1,"events":\[\{"seq":(\d+)/g)) {
      if (!seqs.includes(Number(seq))) seqs.push(Number(seq))
    }
    // Asked whether it is still there: a text of one letter.
    if (data.includes(Buffer.from([0x81, 0x01, 0x32]))) socket.write(frame(Buffer.from('3')))
  })
  socket.write(frame(Buffer.from(`420["follow",{"story":"${slug}"}]`)))
  await hears(socket, '430[{"ok":true')
  onTestFinished(() => void socket.destroy())
  return { seqs }
}
