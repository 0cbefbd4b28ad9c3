import type { Store } from '#lib/db/store.ts'
import { firstSeen, viewAfter } from '#lib/story/as-of.ts'
import { emptyBody } from '#lib/story/body.ts'
import { compare, type Difference } from '#lib/story/compare.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { type LogPosition, positionOf } from './position.ts'
import { readEvents } from './read-log.ts'

export type Comparison = {
  /** As it stood at the later moment. */
  readonly story: Story
  /** The two moments, the earlier first, none before there was something to see. */
  readonly from: string
  readonly to: string
  /** From when on there's something to see, and when the story was changed last. */
  readonly begun: string
  readonly last: string
  readonly difference: Shown
}

/** What a page shows of a difference: not what was taken down since the earlier moment, nor the overviews. */
type Shown = Pick<Difference, 'from' | 'to' | 'story' | 'updates' | 'claims' | 'questions'>

/**
 * What happened to a story between two moments, as readers saw it at each; null if there's nothing to see. Without an earlier moment
 * it is since the beginning. Three queries, and one for each 500 events.
 */
export async function readComparison(
  store: Store,
  slug: string,
  one: string | undefined,
  other: string,
): Promise<(Comparison & { position: LogPosition }) | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { id } = stored.story
  const [earlier, to] = one === undefined || one <= other ? [one, other] : [other, one]
  const log = await readEvents(store, id, await store.past.headAt(id, new Date(to)))
  const begun = firstSeen(log)
  const after = viewAfter(log)
  if (!begun || !after) return null
  const from = earlier === undefined || earlier < begun.at ? begun.at : earlier
  const until = Math.max(begun.seq, await store.past.headAt(id, new Date(from)))
  // A story that was made a draft again in between isn't: nothing does that.
  const before = viewAfter(log.slice(0, until))
  if (!before) return null
  const difference = shown(compare(before, after))
  return { story: after.story, from, to, begun: begun.at, last: stored.updatedAt, difference, position: positionOf(stored) }
}

function shown({ pinned: _pinned, overviews: _overviews, updates, ...difference }: Difference): Shown {
  const withoutWords = (update: Update) => ({ ...update, title: null, body: emptyBody })
  const changed = updates.changed.map(({ before, after }) => ({ before: after.withdrawal ? withoutWords(before) : before, after }))
  return { ...difference, updates: { ...updates, changed } }
}
