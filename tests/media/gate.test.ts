import { expect, test } from 'vitest'
import { openGate } from '#lib/media/gate.ts'

/** A piece of work that goes on until it is told to end. */
function work() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { ended, end }
}

test('a gate lets two in, two more in their turn, and turns the next away', async () => {
  const gate = openGate({ atOnce: 2, waiting: 2 })
  const begun: number[] = []
  const pieces = [work(), work(), work(), work()]
  const results = pieces.map(({ ended }, index) =>
    gate(async () => {
      begun.push(index)
      await ended
      return index
    }),
  )
  expect(await gate(async () => 'never')).toEqual({ kind: 'busy' })
  expect(begun).toEqual([0, 1])
  pieces[1]?.end()
  await results[1]
  expect(begun).toEqual([0, 1, 2])
  for (const { end } of pieces) end()
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3])
  expect(await gate(async () => 'again')).toBe('again')
})

test('a gate lets the next in after work that fails', async () => {
  const gate = openGate({ atOnce: 1, waiting: 1 })
  const failing = gate(async () => {
    throw new Error('broken')
  })
  const next = gate(async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})

test('a gate turns work away that has waited too long, and lets the next in', async () => {
  const gate = openGate({ atOnce: 1, waiting: 2, maxWaitMs: 20 })
  const { ended, end } = work()
  const running = gate(() => ended)
  expect(await gate(async () => 'never')).toEqual({ kind: 'busy' })
  const next = gate(async () => 'in time')
  end()
  await running
  expect(await next).toBe('in time')
})
