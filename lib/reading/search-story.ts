import type { Store } from '#lib/db/store.ts'
import { bodyText } from '#lib/story/body-text.ts'
import { type Passage, passageAround } from '#lib/story/passage.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { type LogPosition, positionOf } from './position.ts'
import { timelinePage } from './read-timeline.ts'

export type Finding = Pick<Update, 'id' | 'seq' | 'publishedAt' | 'title' | 'language'> & {
  /** The words around the first that was found in the text. */
  readonly passage: Passage
}

export type Findings = { readonly findings: readonly Finding[]; readonly next: string | null }

/** More words than this don't find anything better. */
const mostWords = 8

/** The words that a reader looks for, in small letters. */
export function searchWords(question: string): string[] {
  return (question.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, mostWords)
}

/** The same as the index is asked for them: what stands between spaces is one, for it knows addresses, dates and decimals as such. */
function searchTerms(question: string): string[] {
  const pieces = question
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .split(/\s+/)
  return pieces.filter((piece) => /[\p{L}\p{N}]/u.test(piece)).slice(0, mostWords)
}

/** The updates of a story that hold words beginning with all of those asked for, newest first; null if readers can't see it. Three queries. */
export async function searchStory(
  store: Store,
  slug: string,
  question: string,
  before?: number,
): Promise<(Findings & { story: Story; position: LogPosition }) | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const terms = searchTerms(question)
  const words = searchWords(question)
  const { story } = stored
  const position = positionOf(stored)
  if (terms.length === 0) return { story, position, findings: [], next: null }
  const found = await store.overview.search(story.id, { terms, before, limit: timelinePage + 1 })
  const findings = found.slice(0, timelinePage).map(({ id, seq, publishedAt, title, language, body }) => {
    return { id, seq, publishedAt, title, language, passage: passageAround(bodyText(body), words) }
  })
  return { story, position, findings, next: found.length > timelinePage ? String(findings.at(-1)?.seq) : null }
}
