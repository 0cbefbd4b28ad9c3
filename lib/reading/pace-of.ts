import type { PublishedInMinute } from '#lib/db/overview.ts'
import { countPublished, noPace } from '#lib/story/count-pace.ts'
import type { Pace } from '#lib/story/pace.ts'

export function paceOf(published: readonly PublishedInMinute[]): Pace {
  return published.reduce((pace, { at, count }) => countPublished(pace, at.toISOString(), count), noPace)
}
