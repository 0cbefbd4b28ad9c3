import type { Store } from '#lib/db/store.ts'
import { addDelays, noDelays, percentile } from '#lib/story/delays.ts'
import type { Audience, Reached } from '#lib/story/reached.ts'

const minuteMs = 60_000
/** So long ago the line of readers begins at the earliest. */
const audienceMs = 3 * 60 * minuteMs

/** How these updates reached their readers, in whichever process those were; without those of which nothing is known. One query. */
export async function readReached(store: Store, storyId: string, seqs: readonly number[]): Promise<Reached[]> {
  const known = await store.reach.deliveries(storyId, seqs)
  return [...new Set(known.map(({ seq }) => seq))].map((seq) => {
    const deliveries = known.filter((delivery) => delivery.seq === seq)
    const sum = (of: 'readers' | 'asked' | 'confirmed') => deliveries.reduce((all, delivery) => all + delivery[of], 0)
    const delays = deliveries.reduce((all, delivery) => addDelays(all, delivery.delays), noDelays)
    return {
      seq,
      readers: sum('readers'),
      asked: sum('asked'),
      confirmed: sum('confirmed'),
      p50: percentile(delays, 0.5),
      p95: percentile(delays, 0.95),
    }
  })
}

/** How many were reading in each minute of the last three hours that is over, from the first in which anybody counted. One query. */
export async function readAudience(store: Store, storyId: string, now: Date): Promise<Audience> {
  const end = Math.floor(now.getTime() / minuteMs)
  const counted = await store.reach.audience(storyId, new Date(end * minuteMs - audienceMs), new Date(end * minuteMs))
  const start = counted[0]?.minute
  if (!start) return { start: null, readers: [] }
  const byMinute = new Map(counted.map(({ minute, readers }) => [minute.getTime(), readers]))
  // In a minute in which no process followed the story nobody was connected.
  const readers = Array.from({ length: end - start.getTime() / minuteMs }, (_, index) => byMinute.get(start.getTime() + index * minuteMs) ?? 0)
  return { start: start.toISOString(), readers }
}
