import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { countPublished, noPace } from '#lib/story/count-pace.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { ListedStory } from '#lib/story/story.ts'

const mostListed = 200
const recentMs = 24 * 60 * 60_000

/** The stories that readers may see, newest activity first. Four queries, one if there are none. */
export function readStories(store: Store, now: Date): Promise<ListedStory[]> {
  return listed(store, now, false)
}

/** The same with the stories that nobody but the newsroom sees yet. */
export function readAllStories(store: Store, now: Date): Promise<ListedStory[]> {
  return listed(store, now, true)
}

async function listed(store: Store, now: Date, withDrafts: boolean): Promise<ListedStory[]> {
  const stored = await store.stories({ limit: mostListed, withDrafts })
  const ids = stored.map(({ story }) => story.id)
  if (ids.length === 0) return []
  const [newest, published] = await Promise.all([
    store.overview.newestOf(ids),
    store.overview.publishedSince(ids, new Date(now.getTime() - recentMs)),
  ])
  return stored.map(({ story, head, updatedAt }: StoredStory) => {
    const update = newest.find(({ storyId }) => storyId === story.id)
    const counted = published.filter(({ storyId }) => storyId === story.id)
    const pace = counted.reduce((sum, { at, count }) => countPublished(sum, at.toISOString(), count), { ...noPace, minutes: 60 })
    return { ...story, head, updatedAt, newest: update && !update.withdrawal ? lineOf(update) : null, pace }
  })
}
