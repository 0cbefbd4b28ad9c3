import { expect, test } from 'vitest'
import { readBytes } from '#lib/http/read-bytes.ts'

function request(body: ReadableStream<Uint8Array>): Request {
  // Node wants it where a body is a stream, and the types don't know it.
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  return new Request('http://localhost', init)
}

const timeouts = { totalTimeoutMs: 100, idleTimeoutMs: 20 }

test('a body is read up to its limit, and not beyond', async () => {
  const endless = () => new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(new Uint8Array(1000)) })
  expect(await readBytes(request(endless()), 10_000, timeouts)).toEqual({ kind: 'too-long' })
  const read = await readBytes(new Request('http://localhost', { method: 'POST', body: 'abc' }), 3, timeouts)
  expect(read).toMatchObject({ kind: 'read', bytes: Buffer.from('abc') })
})

test('a sender that falls silent is given up, and its body cancelled', async () => {
  let isCancelled = false
  const silent = new ReadableStream<Uint8Array>({
    start: (to) => to.enqueue(new Uint8Array(10)),
    cancel: () => {
      isCancelled = true
    },
  })
  expect(await readBytes(request(silent), 10_000, timeouts)).toEqual({ kind: 'too-slow' })
  expect(isCancelled).toBe(true)
})

test('a sender that sends a byte now and then is given up when its time is over', async () => {
  const trickling = new ReadableStream<Uint8Array>({
    async pull(to) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      to.enqueue(new Uint8Array(1))
    },
  })
  expect(await readBytes(request(trickling), 10_000, timeouts)).toEqual({ kind: 'too-slow' })
})
