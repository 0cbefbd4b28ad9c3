import type { Store } from '#lib/db/store.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { timelinePage } from './read-timeline.ts'

export type FoundUpdate = {
  readonly story: Story
  readonly update: Update
  /** Whether it is on the first page of the timeline. */
  readonly isNewest: boolean
}

/** One update of a story, with the story, as readers may see it; null if they may not. Three queries. */
export async function readUpdate(store: Store, slug: string, updateId: string): Promise<FoundUpdate | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const found = await store.update(stored.story.id, updateId)
  if (found?.kind !== 'published') return null
  const { update } = found
  const newer = await store.countNewer(stored.story.id, update.seq)
  return { story: stored.story, update, isNewest: newer < timelinePage }
}
