import type { UpdateChange } from '#lib/db/past.ts'
import type { Store } from '#lib/db/store.ts'
import { emptyBody } from '#lib/story/body.ts'
import type { Claim } from '#lib/story/claim.ts'
import { type Changes, compareLists } from '#lib/story/compare.ts'
import type { Question } from '#lib/story/question.ts'
import type { Story } from '#lib/story/story.ts'
import { type LogPosition, positionOf } from './position.ts'

export type Comparison = {
  /** As it stood at the later moment. */
  readonly story: Story
  /** The two moments, the earlier first, none before there was something to see. */
  readonly from: string
  readonly to: string
  /** From when on there's something to see, and when the story was changed last. */
  readonly begun: string
  readonly last: string
  /** Null if what the story says of itself is the same. */
  readonly storyChange: { readonly before: Story; readonly after: Story } | null
  readonly claims: Changes<Claim>
  readonly questions: Changes<Question>
  /** How many updates were published in between, on all pages. */
  readonly publishedCount: number
  /** Updates that were published or changed in between, latest change first. Text of withdrawn updates is left out. */
  readonly updates: readonly UpdateChange[]
  /** Whether `updates` begins with the latest change, and where older changes begin, if there are any. */
  readonly isFirstPage: boolean
  readonly next: number | null
}

/** How many changes one page reads. */
export const comparisonPage = 50

type Moments = {
  /** Without one, the beginning. */
  readonly from?: string | undefined
  readonly to: string
  /** Only changes of updates below this number of the log. */
  readonly before?: number | undefined
}

/**
 * What happened to a story between two moments, as readers saw it at each, whichever is named first; null if there's nothing to see. By
 * indexes, a page of changes at a time: 12 queries, however long the story is.
 */
export async function readComparison(
  store: Store,
  slug: string,
  { from: one, to: other, before }: Moments,
): Promise<(Comparison & { position: LogPosition }) | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { past, overview } = store
  const { publicFrom } = stored
  const { id } = stored.story
  const [earlier, to] = one === undefined || one <= other ? [one, other] : [other, one]
  const head = await past.headAt(id, new Date(to))
  if (head < publicFrom) return null
  const { begun } = await past.changesAround(id, publicFrom, head)
  const from = earlier === undefined || earlier < begun ? begun : earlier
  const span = { from: Math.max(publicFrom, await past.headAt(id, new Date(from))), to: head }
  const [storyBefore, story, factsBefore, facts, changed, publishedCount] = await Promise.all([
    past.story(id, span.from),
    past.story(id, span.to),
    past.facts(id, span.from),
    past.facts(id, span.to),
    past.changedUpdates(id, span, before, comparisonPage),
    overview.publishedBetween(id, span.from, span.to),
  ])
  if (!storyBefore || !story) return null
  return {
    ...{ story, from, to, begun, last: stored.updatedAt },
    storyChange: JSON.stringify(storyBefore) === JSON.stringify(story) ? null : { before: storyBefore, after: story },
    claims: compareLists(factsBefore.claims, facts.claims),
    questions: compareLists(factsBefore.questions, facts.questions),
    publishedCount,
    updates: changed.changes.map(withoutWithdrawn),
    isFirstPage: before === undefined,
    next: changed.next,
    position: positionOf(stored),
  }
}

function withoutWithdrawn({ before, after }: UpdateChange): UpdateChange {
  return { before: before && after.withdrawal ? { ...before, title: null, body: emptyBody } : before, after }
}
