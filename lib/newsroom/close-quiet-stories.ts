import type { Newsroom } from './newsroom.ts'

/** Who closes what closes by itself. */
const itself = { id: 'staytuned', name: 'Staytuned' }

/**
 * Closes each story in which nothing has happened for as many days as its newsroom has set, and answers how many. Safe to run in
 * several processes at once: the story's lock lets one in, and the next finds it closed. One query when none is due.
 */
export async function closeQuietStories({ store, now }: Newsroom): Promise<number> {
  let closed = 0
  for (const slug of await store.quietStories(now())) {
    const isClosed = await store.writeStory(slug, async (log) => {
      const { story, updatedAt, settings } = log.now
      const at = log.at(now())
      if (story.status === 'closed' || settings.autoCloseDays === null || at.getTime() < closesAt(updatedAt, settings.autoCloseDays)) return false
      await log.append({ type: 'story.revised', story: { ...story, status: 'closed', closedAt: at.toISOString() } }, { at, author: itself })
      return true
    })
    if (isClosed) closed += 1
  }
  return closed
}

const dayMs = 24 * 60 * 60_000

function closesAt(updatedAt: string, days: number): number {
  return Date.parse(updatedAt) + days * dayMs
}
