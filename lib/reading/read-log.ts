import type { Store } from '#lib/db/store.ts'
import type { LogEntry } from '#lib/story/chain.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { Story } from '#lib/story/story.ts'

/** Entries that are read at a time. */
const batch = 500

/** A story's log from its first event on, read as it is asked for. A query for each 500 events. */
export async function* readLogEntries(store: Store, storyId: string): AsyncGenerator<LogEntry, void, undefined> {
  let after = 0
  while (true) {
    const entries = await store.logAfter(storyId, after, batch)
    yield* entries
    const last = entries.at(-1)
    if (last === undefined || entries.length < batch) return
    after = last.seq
  }
}

/** The log of a story that readers may see, and which story that is; null if there's none. */
export async function readPublicLog(
  store: Store,
  slug: string,
): Promise<{ story: Story; entries: AsyncGenerator<LogEntry, void, undefined> } | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  return { story: stored.story, entries: readLogEntries(store, stored.story.id) }
}

/** The events of a log up to that number, or as far as it goes. A query for each 500 events. */
export async function readEvents(store: Store, storyId: string, until: number): Promise<StoryEvent[]> {
  const log: StoryEvent[] = []
  while (log.length < until) {
    const next = await store.eventsAfter(storyId, log.length, Math.min(batch, until - log.length))
    if (next.length === 0) break
    log.push(...next)
  }
  return log
}
