import type { Store } from '#lib/db/store.ts'
import type { ListedStory } from '#lib/story/story.ts'

const mostListed = 200

/** The stories that readers may see, newest activity first. One query. */
export function readStories(store: Store): Promise<ListedStory[]> {
  return store.stories({ limit: mostListed, withDrafts: false })
}

/** The same with the stories that nobody but the newsroom sees yet. One query. */
export function readAllStories(store: Store): Promise<ListedStory[]> {
  return store.stories({ limit: mostListed, withDrafts: true })
}
