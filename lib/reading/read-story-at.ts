import type { Store } from '#lib/db/store.ts'
import type { StoryAt } from '#lib/story/as-of.ts'
import { countChanges } from '#lib/story/change-counts.ts'
import { paceOf } from './pace-of.ts'
import { type LogPosition, positionOf } from './position.ts'
import { timelinePage } from './read-timeline.ts'

/** A part of a past timeline: below a number, if it is given. */
type PastPlace = { readonly before?: number | undefined; readonly limit?: number }

/**
 * The story as readers saw it at that moment: the last that had happened to each thing by the last event that had happened then.
 * Null if they couldn't see it then, or can't now. Thirteen queries or fewer, however long the story is.
 */
export async function readStoryAt(
  store: Store,
  slug: string,
  at: string,
  { before, limit = timelinePage }: PastPlace = {},
): Promise<(StoryAt & { position: LogPosition }) | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { publicFrom, story: now } = stored
  const { past, overview } = store
  const { id } = now
  const head = await past.headAt(id, new Date(at))
  if (head < publicFrom) return null
  const [around, story, found, pinned, facts, published, allPublished, corrections, counted] = await Promise.all([
    past.changesAround(id, publicFrom, head),
    past.story(id, head),
    // One more than is shown tells whether there is more.
    past.timeline(id, head, before, limit + 1),
    past.pinned(id, head),
    past.facts(id, head),
    overview.publishedUntil(id, head),
    // As it still stands, there is one pace.
    head === stored.head ? null : overview.publishedUntil(id, stored.head),
    overview.corrections(id, publicFrom, head, 1),
    overview.changesAfter(id, head),
  ])
  if (!story) return null
  const updates = found.slice(0, limit)
  return {
    view: {
      story,
      head,
      updates,
      next: found.length > limit ? String(updates.at(-1)?.seq) : null,
      pinned,
      ...facts,
      pace: paceOf(published),
      corrections: corrections.count,
    },
    from: around.begun,
    to: stored.updatedAt,
    earlier: around.earlier,
    later: around.later,
    since: countChanges(counted),
    allPace: paceOf(allPublished ?? published),
    position: positionOf(stored),
  }
}
