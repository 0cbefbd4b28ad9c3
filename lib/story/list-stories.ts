import { countPublished } from './count-pace.ts'
import type { StoryEvent } from './event.ts'
import { lineOf } from './line-of.ts'
import type { ListedStory } from './story.ts'
import type { Update } from './update.ts'

/** The list after something happened in one of its stories, the liveliest first. What a story has already been told changes nothing. */
export function hearOf(stories: readonly ListedStory[], slug: string, event: StoryEvent): readonly ListedStory[] {
  const told = stories.find((story) => story.slug === slug)
  if (!told || event.seq <= told.head) return stories
  const heard = { ...change(told, event), head: event.seq, updatedAt: event.at }
  const others = stories.filter((story) => story !== told)
  return (heard.archived ? others : [heard, ...others]).toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
}

function change(told: ListedStory, event: StoryEvent): ListedStory {
  if ('story' in event) return { ...told, ...event.story }
  if (!('update' in event)) return told
  const { update } = event
  if (event.type === 'update.published') return { ...told, newest: lineOf(update), pace: countPublished(told.pace, update.publishedAt) }
  return told.newest?.id === update.id ? { ...told, newest: newestAfter(update) } : told
}

function newestAfter(update: Update): ListedStory['newest'] {
  return update.withdrawal ? null : lineOf(update)
}

/** A story that nothing has been heard of for this long isn't developing now, whatever its status says; in ms. */
const quietAfterMs = 24 * 60 * 60_000

export type StoryGroup = 'developing' | 'recent' | 'closed'

/** Where a story stands on the first page at `now`, in ms since 1970. */
export function groupOf({ status, updatedAt }: ListedStory, now: number): StoryGroup {
  if (status === 'closed') return 'closed'
  return status === 'developing' && now - Date.parse(updatedAt) < quietAfterMs ? 'developing' : 'recent'
}
