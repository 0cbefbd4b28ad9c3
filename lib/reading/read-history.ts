import type { Store } from '#lib/db/store.ts'
import type { Revision } from '#lib/story/revision.ts'

/** All versions of an update, newest first, as the log holds them; null if the story has no such update. Three queries. */
export async function readHistory(store: Store, slug: string, updateId: string): Promise<Revision[] | null> {
  const stored = await store.story(slug)
  const found = stored && (await store.revisions(stored.story.id, updateId))
  return found && found.length > 0 ? found : null
}
