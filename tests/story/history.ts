import type { Place } from '#lib/reading/read-timeline.ts'
import type { PastView } from '#lib/story/as-of.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { cursorAt, type Side } from '#lib/story/fold.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { Update } from '#lib/story/update.ts'
import type { UpdatePage, View } from '#lib/story/view.ts'
import { viewOf } from './sample-story.ts'

/** The view of a story after all of its log. */
export function foldOf(log: readonly StoryEvent[]): View {
  return viewOf(log, log.length)
}

/** What of a view a page of the past shows. */
export function past({ story, head, updates, next, pinned, claims, questions, pace, corrections }: View): PastView {
  return { story, head, updates, next, pinned, claims, questions, pace, corrections: corrections.count }
}

/** When the server reads: where the story stands, `head`, and a moment later the updates, which may by then have come to `later`. */
export type Moments = { readonly head: number; readonly later: number }

/** What the server answers to one who asks for the view with that part of the timeline, of at most `size` updates. */
export function viewReadAt(log: readonly StoryEvent[], { head, later, size, ...place }: Moments & { size: number } & Place): View {
  const { updates, claims, questions } = viewOf(log, later)
  const view = seen(viewOf(log, head))
  const pinned = updates.find(({ id }) => id === view.pinned?.id) ?? null
  const keyEvents = updates.filter(({ seq, key, withdrawal }) => seq <= head && key && withdrawal === null).map(lineOf)
  return { ...view, ...readPart(updates, head, { ...place, limit: size }), show: place.show ?? 'all', pinned, keyEvents, claims, questions }
}

/** What the server answers to one who asks for the next part of what they have at that end; null if they have all there is. */
export function pageReadAt(
  log: readonly StoryEvent[],
  part: Pick<View, 'next' | 'newer' | 'show'>,
  side: Side,
  { head, later, size }: Moments & { size: number },
): UpdatePage | null {
  const cursor = cursorAt(part, side)
  if (cursor === null) return null
  const { epoch, updates } = viewOf(log, later)
  const place = side === 'older' ? { before: Number(cursor) } : { after: Number(cursor) }
  return { epoch, head, ...readPart(updates, head, { ...place, show: part.show, limit: size }) }
}

/** The part of the timeline (newest first, of a story that stood at `head`) that the server reads at that place. */
function readPart(updates: readonly Update[], head: number, { before, after, around, show = 'all', limit = 20 }: Place) {
  const timeline = show === 'key' ? updates.filter(({ key }) => key) : updates
  const older = (below: number, most: number): Pick<UpdatePage, 'updates' | 'next' | 'newer'> => {
    const found = timeline.filter(({ seq }) => seq < below)
    const shown = found.slice(0, most)
    return { updates: shown, next: found.length > most ? String(shown.at(-1)?.seq) : null, newer: below > head ? null : String(below - 1) }
  }
  const newer = (above: number, most: number): Pick<UpdatePage, 'updates' | 'next' | 'newer'> => {
    const found = timeline.filter(({ seq }) => seq > above)
    const shown = found.slice(Math.max(found.length - most, 0))
    const end = String(shown[0]?.seq ?? above)
    return { updates: shown, next: above === 0 ? null : String(above + 1), newer: found.length > most ? end : null }
  }
  if (after !== undefined) return newer(after, limit)
  if (around === undefined) return older(before ?? Number.POSITIVE_INFINITY, limit)
  const half = Math.ceil(limit / 2)
  // With one update a page there's room for that one alone.
  const above =
    limit === half ? { updates: [], newer: timeline.some(({ seq }) => seq > around) ? String(around) : null } : newer(around, limit - half)
  const below = older(around + 1, half)
  return { updates: [...above.updates, ...below.updates], next: below.next, newer: above.newer }
}

/** What a reader sees of a view, without what it remembers for pages to come. */
export function seen({ readAt: _, changedOutside: _changes, ...view }: View): View {
  return view
}

/** What a reader would see of a whole view who had that part of its timeline. */
export function partOf(whole: View, { next, newer, show }: Pick<View, 'next' | 'newer' | 'show'>): View {
  const isInPart = ({ seq, key }: Update) =>
    (next === null || seq >= Number(next)) && (newer === null || seq <= Number(newer)) && (show === 'all' || key)
  return { ...seen(whole), updates: whole.updates.filter(isInPart), next, newer, show }
}

/** The same of one who had loaded the timeline from the newest down to the cursor `next`. */
export function downTo(whole: View, next: string | null): View {
  return partOf(whole, { next, newer: null, show: 'all' })
}
