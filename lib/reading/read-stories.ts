import { may } from '#lib/accounts/permissions.ts'
import type { Person } from '#lib/accounts/person.ts'
import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { countPublished, noPace } from '#lib/story/count-pace.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { ListedStory } from '#lib/story/story.ts'

const mostListed = 200
const recentMs = 24 * 60 * 60_000

/** The stories that readers' lists have, newest activity first. Four queries, one if there are none. */
export async function readStories(store: Store, now: Date): Promise<ListedStory[]> {
  return listed(store, await store.stories({ limit: mostListed, isForReaders: true }), now)
}

/**
 * The stories whose desk a person may see, those too that nobody but the newsroom sees yet. Four queries, five for somebody who
 * may only see the stories that they were added to; one if there are none.
 */
export async function readStoriesOf(store: Store, person: Person, now: Date): Promise<ListedStory[]> {
  const stories = await store.stories({ limit: mostListed, isForReaders: false })
  if (may(person, 'see the desk')) return listed(store, stories, now)
  const own = new Set(await store.storyPeople.storiesOf(person.id))
  return listed(
    store,
    stories.filter(({ story }) => own.has(story.id)),
    now,
  )
}

async function listed(store: Store, stored: readonly StoredStory[], now: Date): Promise<ListedStory[]> {
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
