import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { openFairGate } from '#lib/media/fair-gate.ts'

const limits = { maxAtOnce: 2, maxWaitingEach: 3, maxWaiting: 8 }

/** Sends one piece of work for each asker, all at once, and ends whatever runs first. Answers who ran, in order, and how many were refused. */
async function run(askers: readonly string[]): Promise<{ ran: string[]; refused: number; mostRunning: number }> {
  const gate = openFairGate(limits)
  const ran: string[] = []
  let [running, mostRunning] = [0, 0]
  const results = await Promise.all(
    askers.map((asker) =>
      gate(asker, async () => {
        ran.push(asker)
        running += 1
        mostRunning = Math.max(mostRunning, running)
        await new Promise<void>((resolve) => setImmediate(resolve))
        running -= 1
        return asker
      }),
    ),
  )
  return { ran, refused: results.filter((each) => typeof each !== 'string').length, mostRunning }
}

const askers = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 })

test.prop([askers])('a fair gate runs whatever it took, few at once, and refuses only what is beyond its limits', async (sent) => {
  const { ran, refused, mostRunning } = await run(sent)
  expect(ran.length + refused).toBe(sent.length)
  expect(mostRunning).toBeLessThanOrEqual(limits.maxAtOnce)
  expect(ran.length).toBeLessThanOrEqual(limits.maxAtOnce + limits.maxWaiting)
  if (sent.length <= limits.maxAtOnce) expect(refused).toBe(0)
})

test.prop([askers])('a fair gate lets each asker that waits have its first turn before anyone has a second', async (sent) => {
  const { ran } = await run(sent)
  const waited = ran.slice(limits.maxAtOnce)
  const kinds = new Set(waited).size
  expect(new Set(waited.slice(0, kinds)).size).toBe(kinds)
})

test('a fair gate lets the next in after work that fails', async () => {
  const gate = openFairGate({ ...limits, maxAtOnce: 1 })
  const failing = gate('a', async () => {
    throw new Error('broken')
  })
  const next = gate('b', async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})
