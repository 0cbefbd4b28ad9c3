/**
 * How many of a kind took how long: counts in buckets, each a fifth wider than the one before. However many there are, they take
 * the same few bytes, and those of several processes can be put together, which percentiles can't.
 */
export type Delays = readonly number[]

/** The first bucket holds what took up to so many ms; four buckets later it is twice as long, in the last half a minute. */
const firstMs = 10
const perDoubling = 4
const buckets = 48

export const noDelays: Delays = Array.from({ length: buckets }, () => 0)

/** The bucket that a delay (in ms) is counted in; one that two clocks make negative in the first. */
export function bucketOf(ms: number): number {
  return Math.min(Math.ceil(Math.log2(Math.max(ms, firstMs) / firstMs) * perDoubling), buckets - 1)
}

export function addDelays(one: Delays, other: Delays): Delays {
  return one.map((count, index) => count + (other[index] ?? 0))
}

/**
 * Within how many ms that share of them (0 to 1) had come; null if there are none. Says the end of the bucket, so that it is up
 * to a fifth too long and never too short.
 */
export function percentile(delays: Delays, share: number): number | null {
  const all = delays.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  let counted = 0
  const bucket = delays.findIndex((count) => {
    counted += count
    return counted >= share * all
  })
  return Math.round(firstMs * 2 ** (bucket / perDoubling))
}
