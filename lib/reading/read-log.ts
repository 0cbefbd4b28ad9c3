import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import type { LogEntry } from '#lib/story/chain.ts'
import type { StoryEvent } from '#lib/story/event.ts'

/** Entries that are read at a time. A download holds so many in memory. */
const batch = 100

/** A story's log from its first event up to number `until`, read as it is asked for. A query for each 100 events. */
async function* readLogEntries(store: Store, storyId: string, until: number): AsyncGenerator<LogEntry, void, undefined> {
  let after = 0
  while (after < until) {
    const entries = await store.logAfter(storyId, after, Math.min(batch, until - after))
    yield* entries
    const last = entries.at(-1)
    if (last === undefined) return
    after = last.seq
  }
}

/**
 * The log of a story as it stood when it was read. Throws at its end if something was erased from it meanwhile: a part of it would then
 * say nothing, and what accounts for that isn't in it.
 */
export async function* readLogOf(store: Store, { story, head, epoch }: StoredStory): AsyncGenerator<LogEntry, void, undefined> {
  yield* readLogEntries(store, story.id, head)
  const [position] = await store.positions([story.id])
  if (position?.epoch !== epoch) throw new Error('the history of the story was rewritten while it was read: read it anew')
}

/**
 * The log of a story that readers may see, and which story that is; null if there's none. What was written before they could see it is
 * in it without what it says, as what was erased is.
 */
export async function readPublicLog(
  store: Store,
  slug: string,
): Promise<{ stored: StoredStory; entries: AsyncGenerator<LogEntry, void, undefined> } | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  return { stored, entries: withheld(readLogOf(store, stored), stored.publicFrom) }
}

async function* withheld(entries: AsyncIterable<LogEntry>, until: number): AsyncGenerator<LogEntry, void, undefined> {
  for await (const entry of entries) yield entry.seq < until ? { ...entry, payload: null, salt: null } : entry
}

/** The events of a log up to that number, or as far as it goes. A query for each 100 events. */
export async function readEvents(store: Store, storyId: string, until: number): Promise<StoryEvent[]> {
  const log: StoryEvent[] = []
  while (log.length < until) {
    const next = await store.eventsAfter(storyId, log.length, Math.min(batch, until - log.length))
    if (next.length === 0) break
    log.push(...next)
  }
  return log
}
