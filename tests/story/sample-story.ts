import type { StoryEvent } from '#lib/story/event.ts'
import { applyEvent, openView } from '#lib/story/fold.ts'
import type { Update } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'

const at = '2026-01-31T14:05:00.000Z'

/** The log of a story that opens and then publishes an update with each event; number `n` says "Update n". */
export function storyOf(length: number): StoryEvent[] {
  const opened: StoryEvent = {
    seq: 1,
    at,
    type: 'story.opened',
    story: {
      id: '01900000-0000-7000-8000-000000000000',
      slug: 'bridge',
      headline: 'A bridge is closed',
      standfirst: '',
      status: 'developing',
      language: 'en',
      timeZone: 'UTC',
      openedAt: at,
      cover: null,
      closedAt: null,
      closingSummary: '',
      archived: false,
    },
  }
  const published = Array.from(
    { length: length - 1 },
    (_, index): StoryEvent => ({ seq: index + 2, at, type: 'update.published', update: updateOf(index + 2) }),
  )
  return [opened, ...published]
}

export function updateOf(seq: number): Update {
  return {
    id: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    seq,
    version: 1,
    title: null,
    body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: `Update ${seq}` }] }] },
    language: null,
    key: false,
    breaking: false,
    tags: [],
    author: 'Desk',
    publishedAt: at,
    occurredAt: null,
    editedAt: null,
    corrections: [],
    withdrawal: null,
  }
}

/** What is seen after the first `head` events. */
export function viewOf(log: readonly StoryEvent[], head: number): View {
  const [opened, ...rest] = log.slice(0, head)
  if (opened?.type !== 'story.opened') throw new Error('a log begins with story.opened')
  return rest.reduce(applyEvent, openView(opened))
}
