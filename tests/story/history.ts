import type { StoryEvent } from '#lib/story/event.ts'
import type { UpdatePage, View } from '#lib/story/view.ts'
import { viewOf } from '../live/a-story.ts'

/** The view of a story after all of its log. */
export function foldOf(log: readonly StoryEvent[]): View {
  return viewOf(log, log.length)
}

/**
 * What the server answers to one who asks for the view, with the newest `size` updates: it reads where the story stands,
 * `head`, and a moment later the updates, which may by then have come to `later`.
 */
export function viewReadAt(log: readonly StoryEvent[], { head, later, size }: { head: number; later: number; size: number }): View {
  const view = seen(viewOf(log, head))
  const current = viewOf(log, later).updates
  const pinned = current.find(({ id }) => id === view.pinned?.id) ?? null
  const keyEvents = viewOf(log, later).keyEvents.filter(({ seq }) => seq <= head)
  return { ...view, ...pageOf(current, size), pinned, keyEvents }
}

/** What the server answers to one who asks, when the story is at `head`, for `size` updates that are older than the cursor. */
export function olderReadAt(log: readonly StoryEvent[], { head, cursor, size }: { head: number; cursor: string; size: number }): UpdatePage {
  const { epoch, updates } = viewOf(log, head)
  const older = updates.filter(({ seq }) => seq < Number(cursor))
  return { epoch, head, ...pageOf(older, size), newer: Number(cursor) > head ? null : String(Number(cursor) - 1) }
}

function pageOf(updates: View['updates'], size: number): Pick<UpdatePage, 'updates' | 'next' | 'newer'> {
  const shown = updates.slice(0, size)
  return { updates: shown, next: updates.length > size ? String(shown.at(-1)?.seq) : null, newer: null }
}

/** What a reader sees of a view, without what it remembers for pages to come. */
export function seen({ readAt: _, changedOutside: _changes, ...view }: View): View {
  return view
}

/** What a reader would see of a whole view who had loaded the timeline down to the cursor `next`. */
export function downTo(whole: View, next: string | null): View {
  return { ...seen(whole), updates: next === null ? whole.updates : whole.updates.filter(({ seq }) => seq >= Number(next)), next }
}
