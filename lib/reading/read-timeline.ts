import type { Store } from '#lib/db/store.ts'
import type { UpdatePage } from '#lib/story/view.ts'

export const timelinePage = 20

/**
 * A page of a story's timeline, newest first, from before the cursor `before`. A cursor is an update's place in the
 * timeline, which nothing moves: whatever is edited, withdrawn or added meanwhile, the next page begins where this one ended.
 * One query.
 */
export async function readTimeline(store: Store, storyId: string, before?: number, limit: number = timelinePage): Promise<UpdatePage> {
  // One more than is shown tells whether there's an older page.
  const found = await store.timeline(storyId, { before, limit: limit + 1 })
  const updates = found.slice(0, limit)
  return { updates, next: found.length > limit ? String(updates.at(-1)?.seq) : null }
}

/** The same for a story that readers may see, by its slug; null if there's none. Two queries. */
export async function readOlder(
  store: Store,
  slug: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<UpdatePage | null> {
  const stored = await store.story(slug)
  return stored && stored.story.status !== 'draft' ? readTimeline(store, stored.story.id, before, limit) : null
}
