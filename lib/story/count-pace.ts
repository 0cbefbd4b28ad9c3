import type { Pace } from './pace.ts'

/** Widths of a bucket in minutes. Each divides the next, so that counts can be carried over. */
export const bucketWidths = [1, 5, 15, 60, 180, 720, 1440, 10_080, 40_320]

/** More buckets than this, and they become wider. */
export const mostBuckets = 72

const minuteMs = 60_000

export const noPace: Pace = { start: null, minutes: 1, counts: [] }

/** The pace with `count` more updates published in the minute of `at`. Costs a copy of the buckets. */
export function countPublished(pace: Pace, at: string, count = 1): Pace {
  const minute = Math.floor(Date.parse(at) / minuteMs)
  const first = pace.start === null ? minute : Date.parse(pace.start) / minuteMs
  const last = pace.start === null ? minute : first + (pace.counts.length - 1) * pace.minutes
  const minutes = widthFor(Math.min(first, minute), Math.max(last, minute), pace.minutes)
  const bucketOf = (at: number) => Math.floor(at / minutes)
  const firstBucket = bucketOf(Math.min(first, minute))
  const counts = Array.from({ length: bucketOf(Math.max(last, minute)) - firstBucket + 1 }, () => 0)
  const add = (at: number, more: number) => {
    const index = bucketOf(at) - firstBucket
    counts[index] = (counts[index] ?? 0) + more
  }
  pace.counts.forEach((counted, index) => {
    if (counted > 0) add(first + index * pace.minutes, counted)
  })
  add(minute, count)
  return { start: new Date(firstBucket * minutes * minuteMs).toISOString(), minutes, counts }
}

/**
 * The same of so many at once, each with its time in ms since 1970: costs a look at each of them. They may have been counted already in
 * buckets of `atLeast` minutes.
 */
export function countAllPublished(published: readonly { readonly at: number; readonly count: number }[], atLeast = noPace.minutes): Pace {
  const [first] = published
  if (first === undefined) return noPace
  const minuteOf = (at: number) => Math.floor(at / minuteMs)
  const earliest = minuteOf(published.reduce((least, { at }) => Math.min(least, at), first.at))
  const latest = minuteOf(published.reduce((most, { at }) => Math.max(most, at), first.at))
  const minutes = widthFor(earliest, latest, atLeast)
  const firstBucket = Math.floor(earliest / minutes)
  const counts = Array.from({ length: Math.floor(latest / minutes) - firstBucket + 1 }, () => 0)
  for (const { at, count } of published) {
    const index = Math.floor(minuteOf(at) / minutes) - firstBucket
    counts[index] = (counts[index] ?? 0) + count
  }
  return { start: new Date(firstBucket * minutes * minuteMs).toISOString(), minutes, counts }
}

function widthFor(first: number, last: number, atLeast: number): number {
  const fits = (width: number) => width >= atLeast && Math.floor(last / width) - Math.floor(first / width) < mostBuckets
  return bucketWidths.find(fits) ?? bucketWidths.at(-1) ?? atLeast
}

/** When the bucket at that place begins, in ms since 1970. */
export function bucketStart(pace: Pace, index: number): number {
  return pace.start === null ? 0 : Date.parse(pace.start) + index * pace.minutes * minuteMs
}

/** All updates that were ever published, those that were withdrawn too. */
export function publishedCount(pace: Pace): number {
  return pace.counts.reduce((sum, count) => sum + count, 0)
}
