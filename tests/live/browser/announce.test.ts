import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announceEveryMs, createAnnouncer } from '#lib/live/announce.ts'
import { storyOf, viewOf } from '../../story/sample-story.ts'
import { ManualClock } from './simulated-network.ts'

const breakingAt = (numbers: readonly number[]) =>
  storyOf(250).map((each) =>
    each.type === 'update.published' ? { ...each, update: { ...each.update, breaking: numbers.includes(each.seq - 1) } } : each,
  )
/** The story after so many updates. */
const seenAfter = (updates: number, breaking: readonly number[] = []) => viewOf(breakingAt(breaking), updates + 1)

function open(known: number) {
  const clock = new ManualClock()
  const announcer = createAnnouncer(
    {
      now: () => clock.now,
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    },
    seenAfter(known),
  )
  const said: { at: number; breaking: number | null; updates: number; number: number }[] = []
  announcer.subscribe(() => {
    const { breaking, ...rest } = announcer.get()
    said.push({ at: clock.now, breaking: breaking && breaking.seq - 1, ...rest })
  })
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
          announcer.hear(seenAfter(total))
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
    expect(announcer.get()).toEqual({ breaking: null, updates: 0, number: 0 })
    announcer.hear(seenAfter(7))
    await clock.pass(60_000)
    expect(said).toEqual([])
    const begin = clock.now
    announcer.hear(seenAfter(8))
    await clock.pass(0)
    for (const total of [9, 10, 12]) {
      await clock.pass(3_000)
      announcer.hear(seenAfter(total))
    }
    await clock.pass(60_000)
    expect(said).toEqual([
      { at: begin, breaking: null, updates: 1, number: 1 },
      { at: begin + announceEveryMs, breaking: null, updates: 4, number: 2 },
    ])
  })

  test('is told at once of what is breaking, by name, with what had been gathered by then', async () => {
    const { clock, announcer, said } = open(7)
    const begin = clock.now
    const breaking = [11, 12]
    for (const total of [8, 10, 11, 12, 13]) {
      announcer.hear(seenAfter(total, breaking))
      await clock.pass(2_000)
    }
    await clock.pass(60_000)
    expect(said).toEqual([
      { at: begin, breaking: null, updates: 1, number: 1 },
      { at: begin + 4_000, breaking: 11, updates: 2, number: 2 },
      { at: begin + 6_000, breaking: 12, updates: 0, number: 3 },
      { at: begin + 6_000 + announceEveryMs, breaking: null, updates: 1, number: 4 },
    ])
  })

  test('hears no more once the page is left', async () => {
    const { clock, announcer, said } = open(0)
    announcer.hear(seenAfter(1))
    announcer.stop()
    await clock.pass(60_000)
    expect(said).toEqual([])
  })
})
