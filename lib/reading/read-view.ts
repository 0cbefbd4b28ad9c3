import type { Draft, StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import type { View } from '#lib/story/view.ts'
import { readTimeline } from './read-timeline.ts'

/**
 * The view of a story that readers may see, with the newest part of its timeline; null if there's none. Two queries, three
 * if an update is pinned that isn't among the newest.
 */
export async function readView(store: Store, slug: string): Promise<View | null> {
  const stored = await store.story(slug)
  return stored && stored.story.status !== 'draft' ? viewOf(store, stored) : null
}

/** What the desk shows of a story, a draft story too: the view, and the drafts. Three or four queries. */
export async function readDesk(store: Store, slug: string): Promise<{ view: View; drafts: Draft[] } | null> {
  const stored = await store.story(slug)
  if (!stored) return null
  const [view, drafts] = await Promise.all([viewOf(store, stored), store.drafts(stored.story.id)])
  return { view, drafts }
}

/**
 * The story's row is read first. What is read after it may already be newer than its `head`; the events that made it so are
 * applied again later, and applying one twice changes nothing. So the parts need no common snapshot.
 */
async function viewOf(store: Store, { story, epoch, head, pinnedUpdateId }: StoredStory): Promise<View> {
  const { updates, next } = await readTimeline(store, story.id)
  const pinned =
    pinnedUpdateId === null ? null : (updates.find((update) => update.id === pinnedUpdateId) ?? (await readPinned(store, story.id, pinnedUpdateId)))
  return { story, epoch, head, updates, next, pinned, claims: [], questions: [] }
}

async function readPinned(store: Store, storyId: string, updateId: string) {
  const stored = await store.update(storyId, updateId)
  return stored?.kind === 'published' ? stored.update : null
}
