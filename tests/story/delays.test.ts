import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { addDelays, bucketOf, type Delays, noDelays, percentile } from '#lib/story/delays.ts'

const aDelay = fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.double({ min: 0, max: 400, noNaN: true }))
const someDelays = fc.array(aDelay, { minLength: 1, maxLength: 300 })
const aShare = fc.double({ min: 0.01, max: 1, noNaN: true })

function counted(delays: readonly number[]): Delays {
  return delays.reduce((counts, ms) => counts.with(bucketOf(ms), (counts[bucketOf(ms)] ?? 0) + 1), [...noDelays])
}

describe('a percentile of what was counted in buckets', () => {
  test.prop([someDelays, aShare])('is never shorter than the real one, and at most a fifth longer', (delays, share) => {
    const real = delays.toSorted((one, other) => one - other)[Math.ceil(share * delays.length) - 1] ?? 0
    const told = percentile(counted(delays), share) ?? 0
    expect(told).toBeGreaterThanOrEqual(Math.floor(real))
    expect(told).toBeLessThanOrEqual(Math.max(10, real * 1.2))
  })

  test.prop([someDelays, someDelays, aShare])('is that of all of them when two counts are put together', (one, other, share) => {
    expect(percentile(addDelays(counted(one), counted(other)), share)).toBe(percentile(counted([...one, ...other]), share))
  })

  test.prop([fc.double()])('can be had whatever was measured', (delay) => {
    fc.pre(!Number.isNaN(delay))
    expect(noDelays[bucketOf(delay)]).toBe(0)
  })

  test.prop([aShare])('is not there where nothing is', (share) => {
    expect(percentile(noDelays, share)).toBeNull()
  })
})
