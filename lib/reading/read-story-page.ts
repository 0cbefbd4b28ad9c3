import type { Store } from '#lib/db/store.ts'
import { firstWords } from '#lib/story/body-text.ts'
import type { Shown, View } from '#lib/story/view.ts'
import type { Place } from './read-timeline.ts'
import { readView } from './read-view.ts'

/** How a reader asked for a story: in which order, which updates, and where to begin. */
export type AskedPage = {
  readonly order: 'newest' | 'oldest'
  readonly show: Shown
  readonly before?: number | undefined
  readonly after?: number | undefined
  /** An update's id. */
  readonly around?: string | undefined
  /** An instant. */
  readonly at?: string | undefined
}

export type StoryPage = {
  readonly view: View
  readonly order: 'newest' | 'oldest'
  /** The id of the first update of the moment that was asked for. */
  readonly spot: string | null
  readonly card: { readonly title: string; readonly description: string }
}

const cardWords = 200

/** Updates on the page that a story opens with: a few screens of a phone. What is beyond them is loaded as one comes near. */
const openingUpdates = 10

/** A story's page as it was asked for; null if readers can't see it. Two queries more than the view for a place that isn't a cursor. */
export async function readStoryPage(store: Store, slug: string, asked: AskedPage): Promise<StoryPage | null> {
  const { order, show } = asked
  const around = await placeAsked(store, slug, asked)
  const view = await readView(store, slug, { ...placeOf(asked, around), show })
  if (!view) return null
  const spot = asked.at === undefined ? null : (view.updates.findLast(({ seq }) => around !== null && seq >= around)?.id ?? null)
  const named = asked.around === undefined ? undefined : view.updates.find(({ id }) => id === asked.around)
  const { headline, standfirst } = view.story
  const card = named
    ? { title: named.title ?? headline, description: firstWords(named.body, cardWords) || standfirst || headline }
    : { title: headline, description: standfirst || headline }
  return { view, order, spot, card }
}

/** The number of the update that an id or an instant names. */
async function placeAsked(store: Store, slug: string, { around, at }: AskedPage): Promise<number | null> {
  if (around === undefined && at === undefined) return null
  const stored = await store.story(slug)
  if (!stored) return null
  if (at !== undefined) return (await store.firstSince(stored.story.id, new Date(at)))?.seq ?? null
  const found = around === undefined ? null : await store.update(stored.story.id, around)
  return found?.kind === 'published' ? found.update.seq : null
}

function placeOf({ order, before, after }: AskedPage, around: number | null): Place {
  if (around !== null) return { around }
  if (before !== undefined) return { before }
  if (after !== undefined) return { after }
  return { limit: openingUpdates, ...(order === 'oldest' && { after: 0 }) }
}
