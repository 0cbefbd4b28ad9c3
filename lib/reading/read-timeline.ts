import type { Store } from '#lib/db/store.ts'
import type { UpdatePage } from '#lib/story/view.ts'

export const timelinePage = 20

/**
 * A page of a story's timeline, newest first, from before the cursor `before`. A cursor is an update's place in the
 * timeline, which nothing moves: whatever is edited, withdrawn or added meanwhile, the next page begins where this one ended.
 * One query.
 */
export async function readTimeline(
  store: Store,
  storyId: string,
  before?: number,
  limit: number = timelinePage,
): Promise<Pick<UpdatePage, 'updates' | 'next'>> {
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
  // The story's row first: what is read after it can only be newer than the `head` that is said of it.
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { epoch, head, story } = stored
  return { epoch, head, ...(await readTimeline(store, story.id, before, limit)) }
}
