import type { Published } from '#lib/db/overview.ts'
import { countAllPublished } from '#lib/story/count-pace.ts'
import type { Pace } from '#lib/story/pace.ts'

export function paceOf(published: readonly (Published & { readonly minutes?: number })[]): Pace {
  return countAllPublished(
    published.map(({ at, count }) => ({ at: at.getTime(), count })),
    published[0]?.minutes,
  )
}
