import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { mostCorrections } from '#lib/story/list-corrections.ts'
import { mostKeyEvents } from '#lib/story/list-key-events.ts'
import type { View } from '#lib/story/view.ts'
import { paceOf } from './pace-of.ts'
import { type Place, readTimeline } from './read-timeline.ts'

/**
 * The view of a story that readers may see, with the part of its timeline at `place`; null if there's none. Six queries,
 * seven if an update is pinned that isn't in that part, one more for a part around an update.
 */
export async function readView(store: Store, slug: string, place: Place = {}): Promise<View | null> {
  const stored = await store.story(slug)
  return stored && stored.story.status !== 'draft' ? viewOf(store, stored, place) : null
}

/**
 * The story's row is read first. What is read after it may already be newer than its `head`; the events that made it so are
 * applied again later, and applying one twice changes nothing. So the parts need no common snapshot; only what is counted
 * is counted up to `head`.
 */
export async function viewOf(store: Store, stored: StoredStory, place: Place = {}): Promise<View> {
  const { story, epoch, head, publicFrom, pinnedUpdateId } = stored
  const [part, keyEvents, published, corrections, facts] = await Promise.all([
    readTimeline(store, stored, place),
    store.overview.keyEvents(story.id, head, mostKeyEvents),
    store.overview.publishedUntil(story.id, head),
    store.overview.corrections(story.id, publicFrom, head, mostCorrections),
    store.overview.facts(story.id),
  ])
  const pinned =
    pinnedUpdateId === null
      ? null
      : (part.updates.find((update) => update.id === pinnedUpdateId) ?? (await readPinned(store, story.id, pinnedUpdateId)))
  return {
    story,
    epoch,
    head,
    ...part,
    show: place.show ?? 'all',
    pinned,
    keyEvents,
    pace: paceOf(published),
    corrections,
    ...facts,
  }
}

async function readPinned(store: Store, storyId: string, updateId: string) {
  const stored = await store.update(storyId, updateId)
  return stored?.kind === 'published' ? stored.update : null
}
