import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { bucketStart, countAllPublished, countPublished, mostBuckets, noPace, publishedCount } from '#lib/story/count-pace.ts'
import { type Pace, pace as paceSchema } from '#lib/story/pace.ts'

const minuteMs = 60_000

/** The widest bucket that there is, in minutes. */
const widest = 40_320

/** When the updates of a story were published, in ms since 1970: of one that lasts for minutes, or for days, or for years. */
const anyTimes = fc
  .record({ begin: fc.integer({ min: 0, max: 4_000_000_000_000 }), minutes: fc.constantFrom(1, 60, 300, 4_000, 50_000, 600_000, 6_000_000) })
  .chain(({ begin, minutes }) => fc.array(fc.integer({ min: begin, max: begin + minutes * minuteMs }), { minLength: 1, maxLength: 60, size: 'max' }))

function paceOf(times: readonly number[], from: Pace = noPace): Pace {
  return times.reduce((pace, time) => countPublished(pace, new Date(time).toISOString()), from)
}

describe('the pace of a story', () => {
  test.prop([anyTimes])('counts each update in the bucket that its minute falls in', (times) => {
    const pace = paceOf(times)
    const width = pace.minutes * minuteMs
    const expected = pace.counts.map((_, index) => {
      const start = bucketStart(pace, index)
      return times.filter((time) => start <= time && time < start + width).length
    })
    expect(pace.counts).toEqual(expected)
    expect(publishedCount(pace)).toBe(times.length)
  })

  test.prop([anyTimes])('begins and ends with a bucket that isn’t empty, on a whole multiple of the width', (times) => {
    const pace = paceOf(times)
    expect(pace.counts.at(0)).toBeGreaterThan(0)
    expect(pace.counts.at(-1)).toBeGreaterThan(0)
    expect(bucketStart(pace, 0) % (pace.minutes * minuteMs)).toBe(0)
    expect(paceSchema.parse(pace)).toEqual(pace)
  })

  test.prop([anyTimes])('has buckets no wider than it takes for a picture of it to hold them', (times) => {
    const { counts, minutes } = paceOf(times)
    if (minutes < widest) expect(counts.length).toBeLessThanOrEqual(mostBuckets)
    const narrower = [1, 5, 15, 60, 180, 720, 1440, 10_080, widest].filter((width) => width < minutes).at(-1)
    if (narrower === undefined) return
    const bucketOf = (time: number) => Math.floor(time / minuteMs / narrower)
    expect(bucketOf(Math.max(...times)) - bucketOf(Math.min(...times))).toBeGreaterThanOrEqual(mostBuckets)
  })

  test.prop([anyTimes.chain((times) => fc.tuple(fc.constant(times), fc.shuffledSubarray(times, { minLength: times.length })))])(
    'is the same in whatever order the updates are counted, and when those of a minute are counted at once',
    ([times, shuffled]) => {
      expect(paceOf(shuffled)).toEqual(paceOf(times))
      const minutes = new Map<number, number>()
      for (const time of shuffled) minutes.set(Math.floor(time / minuteMs), (minutes.get(Math.floor(time / minuteMs)) ?? 0) + 1)
      const atOnce = [...minutes].reduce<Pace>(
        (pace, [minute, count]) => countPublished(pace, new Date(minute * minuteMs).toISOString(), count),
        noPace,
      )
      expect(atOnce).toEqual(paceOf(times))
      expect(countAllPublished([...minutes].map(([minute, count]) => ({ at: minute * minuteMs, count })))).toEqual(paceOf(times))
    },
  )

  test.prop([anyTimes])('becomes wider by whole buckets, never narrower', (times) => {
    let pace = noPace
    for (const time of times) {
      const next = countPublished(pace, new Date(time).toISOString())
      expect(next.minutes % pace.minutes).toBe(0)
      pace = next
    }
    expect(publishedCount(pace)).toBe(times.length)
  })

  test.prop([anyTimes])('is counted by the hour at least where it begins by the hour', (times) => {
    const { minutes } = paceOf(times, { ...noPace, minutes: 60 })
    expect(minutes).toBe(Math.max(60, paceOf(times).minutes))
  })

  test('is by the minute for 72 minutes, then by five, and by four weeks for a story of years', () => {
    const begin = Date.parse('2026-01-01T00:00:00Z')
    const until = (minutes: number) => paceOf([begin, begin + minutes * minuteMs])
    expect(until(71)).toMatchObject({ start: '2026-01-01T00:00:00.000Z', minutes: 1, counts: { length: 72, 0: 1, 71: 1 } })
    expect(until(72)).toMatchObject({ start: '2026-01-01T00:00:00.000Z', minutes: 5, counts: { length: 15, 0: 1, 14: 1 } })
    expect(until(10 * 365 * 24 * 60)).toMatchObject({ minutes: widest })
    expect(until(10 * 365 * 24 * 60).counts.length).toBeGreaterThan(mostBuckets)
  })

  test('of a story without updates is empty', () => {
    expect(publishedCount(noPace)).toBe(0)
    expect(bucketStart(noPace, 0)).toBe(0)
    expect(paceSchema.parse(noPace)).toEqual({ start: null, minutes: 1, counts: [] })
  })
})
