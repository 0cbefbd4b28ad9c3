import type { Store } from '#lib/db/store.ts'
import { viewAfter } from '#lib/story/as-of.ts'
import type { Story } from '#lib/story/story.ts'
import type { View } from '#lib/story/view.ts'
import { type LogPosition, positionOf } from './position.ts'
import { readEvents } from './read-log.ts'

/**
 * What a story's log is played from: null, if readers could see it from its first event on, else the view as they first saw it. Null in
 * place of all of it, if they can't see it. One query, and for a story that was a draft one for each 500 events of that time.
 */
export async function readOpening(store: Store, slug: string): Promise<{ story: Story; position: LogPosition; opening: View | null } | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { story, publicFrom } = stored
  return { story, position: positionOf(stored), opening: publicFrom === 1 ? null : viewAfter(await readEvents(store, story.id, publicFrom)) }
}
