import { expect, test } from 'vitest'
import { concurrencyLimit } from '#lib/limits/concurrency-limit.ts'

/** A piece of work that goes on until it is told to end. */
function work() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { ended, end }
}

test('two pieces of work run, two more wait their turn, and the next is refused', async () => {
  const limit = concurrencyLimit({ maxRunning: 2, maxQueued: 2 })
  const begun: number[] = []
  const pieces = [work(), work(), work(), work()]
  const results = pieces.map(({ ended }, index) =>
    limit(async () => {
      begun.push(index)
      await ended
      return index
    }),
  )
  expect(await limit(async () => 'never')).toEqual({ kind: 'busy' })
  expect(begun).toEqual([0, 1])
  pieces[1]?.end()
  await results[1]
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toEqual([0, 1, 2])
  for (const { end } of pieces) end()
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3])
  expect(await limit(async () => 'again')).toBe('again')
})

test('work that fails makes room for the next', async () => {
  const limit = concurrencyLimit({ maxRunning: 1, maxQueued: 1 })
  const failing = limit(async () => {
    throw new Error('broken')
  })
  const next = limit(async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})

test('refuses work that has waited too long, and admits the next', async () => {
  const limit = concurrencyLimit({ maxRunning: 1, maxQueued: 2, maxWaitMs: 20 })
  const { ended, end } = work()
  const running = limit(() => ended)
  expect(await limit(async () => 'never')).toEqual({ kind: 'busy' })
  const next = limit(async () => 'in time')
  end()
  await running
  expect(await next).toBe('in time')
})
