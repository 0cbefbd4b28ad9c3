import type { Store } from '#lib/db/store.ts'
import { partOf, partSpan } from '#lib/story/story-part.ts'
import type { View } from '#lib/story/view.ts'
import { viewOf } from './read-view.ts'

export type WholeStory = {
  /** With the updates of this part, newest first. */
  readonly view: View
  /** Which part it is, from 1 on, and how many there are. */
  readonly part: number
  readonly parts: number
}

/** A part of a story with all of its timeline, the last if there are fewer; null if readers can't see the story. As many queries as the view. */
export async function readWholeStory(store: Store, slug: string, asked = 1): Promise<WholeStory | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const parts = partOf(stored.head)
  const part = Math.min(asked, parts)
  const view = await viewOf(store, stored, { after: (part - 1) * partSpan, limit: partSpan })
  const updates = view.updates.filter(({ seq }) => seq <= part * partSpan)
  return { view: { ...view, updates, next: null, newer: null }, part, parts }
}
