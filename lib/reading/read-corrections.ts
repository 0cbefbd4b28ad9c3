import type { Store } from '#lib/db/store.ts'
import { bodyText } from '#lib/story/body-text.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { type LogPosition, positionOf } from './position.ts'

/** What an update says, as text. */
export type Said = { readonly title: string; readonly text: string }

/** A change to what an update says, as readers may look it up: a correction, which they were told of, or a small one. */
export type TextChange = {
  readonly seq: number
  readonly at: string
  readonly version: number
  /** Why a correction was needed; null for a change that isn't one. */
  readonly note: string | null
  readonly update: Pick<Update, 'id' | 'publishedAt' | 'language'>
  /** What it said and what it then said; null once the update was withdrawn. */
  readonly texts: { readonly before: Said; readonly after: Said } | null
}

export type TextChanges = {
  readonly story: Story
  readonly corrections: readonly TextChange[]
  readonly others: readonly TextChange[]
}

/** More changes than this aren't shown on one page; the newest are. */
export const mostTextChanges = 200

/** The changes to what a story's updates say since readers can see it, newest first; null if readers can't see the story. Three queries. */
export async function readCorrections(store: Store, slug: string): Promise<(TextChanges & { position: LogPosition }) | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { publicFrom } = stored
  const versions = await store.changedVersions(stored.story.id, publicFrom, mostTextChanges)
  const withdrawn = await store.withdrawnAmong(versions.flatMap((event) => ('update' in event ? [event.update.id] : [])))
  const changes = versions.flatMap((event) => (event.seq > publicFrom ? (changeOf(event, versions, withdrawn) ?? []) : [])).reverse()
  const shown = changes.slice(0, mostTextChanges)
  return {
    story: stored.story,
    position: positionOf(stored),
    corrections: shown.filter(({ note }) => note !== null),
    others: shown.filter(({ note }) => note === null),
  }
}

function changeOf(event: StoryEvent, versions: readonly StoryEvent[], withdrawn: ReadonlySet<string>): TextChange | null {
  if (event.type !== 'update.corrected' && event.type !== 'update.revised') return null
  const { seq, at, update } = event
  const { id, publishedAt, language, version } = update
  const before = versions.find((each) => 'update' in each && each.update.id === id && each.update.version === version - 1)
  if (!before || !('update' in before)) return null
  const [said, says] = [saidIn(before.update), saidIn(update)]
  const note = event.type === 'update.corrected' ? (update.corrections.at(-1)?.note ?? '') : null
  // A change of what surrounds the words, such as whether it is a key event, is none of what it says.
  if (note === null && said.title === says.title && said.text === says.text) return null
  return { seq, at, version, note, update: { id, publishedAt, language }, texts: withdrawn.has(id) ? null : { before: said, after: says } }
}

function saidIn({ title, body }: Update): Said {
  return { title: title ?? '', text: bodyText(body) }
}
