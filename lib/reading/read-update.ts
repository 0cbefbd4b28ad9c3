import type { Store } from '#lib/db/store.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'

/** One update of a story, with the story, as readers may see it; null if they may not. Two queries. */
export async function readUpdate(store: Store, slug: string, updateId: string): Promise<{ story: Story; update: Update } | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const found = await store.update(stored.story.id, updateId)
  return found?.kind === 'published' ? { story: stored.story, update: found.update } : null
}
