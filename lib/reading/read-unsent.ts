import type { Person } from '#lib/accounts/person.ts'
import type { Store } from '#lib/db/store.ts'
import type { UnsentText } from '#lib/story/unsent.ts'

/** What somebody has typed in their browsers for a story and sent nowhere; null if there's no such story. Two queries. */
export async function readUnsent(store: Store, slug: string, person: Person): Promise<{ texts: UnsentText[] } | null> {
  const stored = await store.story(slug)
  return stored && { texts: await store.unsent.list(stored.story.id, person.id) }
}
