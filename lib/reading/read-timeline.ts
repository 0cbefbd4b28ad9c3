import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import type { Shown, UpdatePage } from '#lib/story/view.ts'

export const timelinePage = 20

/** The most updates that one answer holds. */
export const mostInPage = 100

/** Which part of a timeline: the newest, or what is next to a cursor, or what is around an update. Numbers are places in the timeline. */
export type Place = {
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly around?: number | undefined
  readonly show?: Shown | undefined
  readonly limit?: number | undefined
}

type Part = Pick<UpdatePage, 'updates' | 'next' | 'newer'>

/**
 * A part of a story's timeline, newest first. A cursor is an update's place in the timeline, which nothing moves: whatever
 * is edited, withdrawn or added meanwhile, the next page begins where this one ended. One query; two for `around`.
 */
export async function readTimeline(store: Store, { story, head }: StoredStory, place: Place = {}): Promise<Part> {
  const { before, after, around, show = 'all', limit = timelinePage } = place
  const onlyKey = show === 'key'
  // One more than is shown tells whether there is more.
  const older = async (below: number | undefined, most: number): Promise<Part> => {
    const found = await store.timeline(story.id, { before: below, onlyKey, limit: most + 1 })
    const updates = found.slice(0, most)
    const next = found.length > most ? String(updates.at(-1)?.seq) : null
    return { updates, next, newer: below === undefined || below > head ? null : String(below - 1) }
  }
  const newer = async (above: number, most: number): Promise<Part> => {
    const found = await store.timeline(story.id, { after: above, onlyKey, limit: most + 1 })
    const updates = most === 0 ? [] : found.slice(-most)
    return { updates, next: above === 0 ? null : String(above + 1), newer: found.length > most ? String(updates[0]?.seq ?? above) : null }
  }
  if (after !== undefined) return newer(after, limit)
  if (around === undefined) return older(before, limit)
  const half = Math.ceil(limit / 2)
  const [above, below] = await Promise.all([newer(around, limit - half), older(around + 1, half)])
  return { updates: [...above.updates, ...below.updates], next: below.next, newer: above.newer }
}

/** The same for a story that readers may see, by its slug; null if there's none. One query more. */
export async function readPage(store: Store, slug: string, place: Place): Promise<UpdatePage | null> {
  // The story's row first: what is read after it can only be newer than the `head` that is said of it.
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  return { epoch: stored.epoch, head: stored.head, ...(await readTimeline(store, stored, place)) }
}
