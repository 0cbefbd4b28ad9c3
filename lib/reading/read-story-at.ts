import type { Store } from '#lib/db/store.ts'
import { firstSeen, type StoryAt, viewAfter } from '#lib/story/as-of.ts'
import { countChanges } from '#lib/story/change-counts.ts'
import { readEvents } from './read-log.ts'

/**
 * The story as readers saw it at that moment: the fold of its log up to the last event that had happened then. Null if they
 * couldn't see it then, or can't now. Four queries, and one for each 500 events.
 */
export async function readStoryAt(store: Store, slug: string, at: string): Promise<StoryAt | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { id } = stored.story
  const until = await store.headAt(id, new Date(at))
  // One more, which says when it went on.
  const read = await readEvents(store, id, until + 1)
  const log = read.slice(0, until)
  const view = viewAfter(log)
  const [begun, last] = [firstSeen(log), log.at(-1)]
  if (!view || !begun || !last) return null
  const counted = await store.overview.changesAfter(id, until)
  return {
    view: { ...view, epoch: stored.epoch },
    from: begun.at,
    to: stored.updatedAt,
    earlier: log.findLast((event) => event.seq >= begun.seq && event.at < last.at)?.at ?? null,
    later: read[until]?.at ?? null,
    since: countChanges(counted),
  }
}
