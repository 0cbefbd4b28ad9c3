import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announceEveryMs, createAnnouncer } from '#lib/live/announce.ts'
import { ManualClock } from './simulated-network.ts'

function open(known: number) {
  const clock = new ManualClock()
  const announcer = createAnnouncer(
    {
      now: () => clock.now,
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    },
    known,
  )
  const said: { at: number; updates: number; number: number }[] = []
  announcer.subscribe(() => said.push({ at: clock.now, ...announcer.get() }))
  return { clock, announcer, said }
}

/** How long it is until the next updates come, in ms, and how many they are. */
const anyArrivals = fc.array(fc.tuple(fc.integer({ min: 0, max: 45_000 }), fc.integer({ min: 0, max: 4 })), { maxLength: 40 })

describe('a reader who listens', () => {
  test('is told of every update, at most every 20 seconds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 50 }), anyArrivals, async (known, arrivals) => {
        const { clock, announcer, said } = open(known)
        let total = known
        for (const [ms, more] of arrivals) {
          await clock.pass(ms)
          total += more
          announcer.count(total)
        }
        await clock.pass(announceEveryMs)
        expect(said.reduce((sum, { updates }) => sum + updates, 0)).toBe(total - known)
        for (const [index, { at, updates, number }] of said.entries()) {
          expect(updates).toBeGreaterThan(0)
          expect(number).toBe(index + 1)
          const before = said[index - 1]
          if (before) expect(at - before.at).toBeGreaterThanOrEqual(announceEveryMs)
        }
      }),
    )
  })

  test('is told at once of what comes after a quiet time, and then of all that came since, together', async () => {
    const { clock, announcer, said } = open(7)
    expect(announcer.get()).toEqual({ updates: 0, number: 0 })
    announcer.count(7)
    await clock.pass(60_000)
    expect(said).toEqual([])
    const begin = clock.now
    announcer.count(8)
    await clock.pass(0)
    for (const total of [9, 10, 12]) {
      await clock.pass(3_000)
      announcer.count(total)
    }
    await clock.pass(60_000)
    expect(said).toEqual([
      { at: begin, updates: 1, number: 1 },
      { at: begin + announceEveryMs, updates: 4, number: 2 },
    ])
  })

  test('hears no more once the page is left', async () => {
    const { clock, announcer, said } = open(0)
    announcer.count(1)
    announcer.stop()
    await clock.pass(60_000)
    expect(said).toEqual([])
  })
})
