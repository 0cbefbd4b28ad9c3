import type { Store } from '#lib/db/store.ts'
import type { Changes } from '#lib/live/contract.ts'
import { countChanges, noChanges } from '#lib/story/change-counts.ts'

/** What happened in a story after number `after`, counted; null if readers can't see the story. Three queries, one if nothing did. */
export async function readChanges(store: Store, slug: string, epoch: number, after: number): Promise<Changes | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { head, publicFrom } = stored
  if (epoch !== stored.epoch || after > head) return { epoch: stored.epoch, head, reset: true }
  const none = { epoch, head, ...noChanges, first: null }
  if (after === head) return none
  const [counted, since] = await Promise.all([
    // Readers learn nothing about the time before they could see the story.
    store.overview.changesAfter(stored.story.id, Math.max(after, publicFrom - 1)),
    store.timeline(stored.story.id, { after, limit: mostSkipped }),
  ])
  const first = since.findLast(({ withdrawal }) => withdrawal === null)
  return {
    ...none,
    ...countChanges(counted),
    first: first ? { id: first.id, seq: first.seq } : null,
  }
}

/** How many of the first updates may have been withdrawn before it is no longer worth looking for one that stands. */
const mostSkipped = 10
