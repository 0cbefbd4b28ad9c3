import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { buildProgram } from '#lib/cli/build-program.ts'
import { ApiClient } from '../api-client.ts'
import { startServer } from '../running-server.ts'

// A thousand plain websockets follow one story of one process; updates are published one after the other, and each socket
// notes what it got and when, and confirms it if it is asked to, as pages do. Speaks Engine.IO by hand, so that the readers cost as little as they can on the same machine.
//   npm run bench -- [readers] [updates]

const [readers = 1000, updates = 50] = process.argv.slice(2).map(Number)

type Reader = { readonly socket: WebSocket; readonly seqs: number[]; readonly times: number[]; bytes: number; isAsked: boolean }

function connect(url: string, slug: string): Promise<Reader> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: false })
  const reader: Reader = { socket, seqs: [], times: [], bytes: 0, isAsked: false }
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send('40')
      else if (text.startsWith('40')) socket.send(`420["follow",${JSON.stringify({ story: slug, epoch: 1, after: 1, as: 'reader' })}]`)
      else if (text.startsWith('430')) {
        reader.isAsked = text.includes('"confirm":true')
        resolve(reader)
      } else if (text.startsWith('42["events"')) {
        const now = performance.now()
        const [, message] = JSON.parse(text.slice(2)) as [string, { events: { seq: number }[] }]
        for (const { seq } of message.events) {
          reader.seqs.push(seq)
          reader.times[seq] = now
          if (reader.isAsked) socket.send(`42["seen",${JSON.stringify({ story: slug, after: seq - 1, seq })}]`)
        }
        reader.bytes += data.length
      }
    })
  })
}

function residentKilobytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

await buildProgram(fileURLToPath(new URL('../..', import.meta.url)))
const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
const server = await startServer({ STAYTUNED_DATA: data })
try {
  const editor = await ApiClient.signedIn(server.url)
  const slug = await editor.openStory()
  const before = residentKilobytes(server.pid)
  const all: Reader[] = []
  for (let opened = 0; opened < readers; opened += 50) {
    all.push(...(await Promise.all(Array.from({ length: Math.min(50, readers - opened) }, () => connect(server.url, slug)))))
  }
  const after = residentKilobytes(server.pid)

  const sent: number[] = []
  const answered: number[] = []
  for (let number = 1; number <= updates; number += 1) {
    const seq = number + 1
    sent[seq] = performance.now()
    const { status } = await editor.publish(slug, `Update ${number}: the bridge stays closed until the engineers have looked at it.`)
    if (status !== 201) throw new Error(`an update was answered with ${status}`)
    answered[seq] = performance.now()
    const deadline = performance.now() + 10_000
    while (!all.every((reader) => reader.times[seq] !== undefined) && performance.now() < deadline)
      await new Promise((resolve) => setImmediate(resolve))
  }

  const expected = JSON.stringify(Array.from({ length: updates }, (_, index) => index + 2))
  const right = all.filter((reader) => JSON.stringify(reader.seqs) === expected).length
  const lastReader = Array.from(
    { length: updates },
    (_, index) => Math.max(...all.map((reader) => reader.times[index + 2] ?? Number.NaN)) - (sent[index + 2] ?? 0),
  )
  const publish = Array.from({ length: updates }, (_, index) => (answered[index + 2] ?? 0) - (sent[index + 2] ?? 0))
  const bytes = all.reduce((sum, reader) => sum + reader.bytes, 0) / (readers * updates)
  console.log(`
| figure | value |
|---|---|
| readers that got each of ${updates} updates once and in order | ${right} of ${readers} |
| publish → last reader, p50 / p95 / max | ${[0.5, 0.95, 1].map((share) => `${quantile(lastReader, share).toFixed(1)} ms`).join(' / ')} |
| publish → 201, p50 / p95 | ${[0.5, 0.95].map((share) => `${quantile(publish, share).toFixed(1)} ms`).join(' / ')} |
| memory a reader (server's resident size, before and after connecting) | ${((after - before) / readers).toFixed(1)} KB |
| bytes a delivery | ${bytes.toFixed(0)} |
`)
  for (const { socket } of all) socket.terminate()
  if (right !== readers) process.exitCode = 1
} finally {
  await server.stop()
  rmSync(data, { recursive: true })
}
