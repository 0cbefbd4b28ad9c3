import type { StoryEvent } from '#lib/story/event.ts'

/** Longer than a page of the API has: a log is all that ever happened. */
const logWithinMs = 60_000

/**
 * The log of a story, but for what was written before readers could see it; null if it can't be had now, or has something in it that this page doesn't know. What is handed out is what
 * was written, perhaps long ago and by an earlier version: so it is read by the schema, which only who asks for a log has to load.
 */
export async function fetchLog(slug: string): Promise<StoryEvent[] | null> {
  try {
    const [{ event }, response] = await Promise.all([
      import('#lib/story/event.ts'),
      fetch(`/api/stories/${encodeURIComponent(slug)}/log`, { signal: AbortSignal.timeout(logWithinMs) }),
    ])
    if (!response.ok) return null
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    return lines.flatMap((line) => {
      const { seq, at, type, payload } = JSON.parse(line)
      return payload === null ? [] : [event.parse({ ...payload, seq, at, type })]
    })
  } catch {
    // No network, no answer in time, half an answer, or one of another version.
    return null
  }
}
