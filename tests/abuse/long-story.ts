import { randomUUID } from 'node:crypto'
import { linkEvent } from '#lib/db/link-events.ts'
import type { Store } from '#lib/db/store.ts'
import type { LogEntry } from '#lib/story/chain.ts'
import type { Change } from '#lib/story/event.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'

const sentences = [
  'The gauge at the old bridge stood at 7.42 metres at the last reading, eleven centimetres more than an hour before.',
  'The fire service has closed the lower quay between the station and the market hall; trams turn back at the theatre.',
  'About 340 people have left their homes in the southern districts, most of them to stay with relatives.',
  'The water works say that the supply is safe to drink, and that two of five pumps run on their own power.',
  'School is cancelled in the whole city tomorrow; day nurseries stay open for the children of rescue workers.',
  'The railway has suspended long-distance trains on the valley line, and buses run from the junction instead.',
]

const minutes = 60_000

/**
 * Writes a story with so many events as a year would leave it: an update of about 100 words every few minutes, each twentieth corrected
 * later. Imports it whole, for it would take minutes to publish.
 */
export async function writeLongStory(store: Store, { slug, events }: { slug: string; events: number }): Promise<void> {
  const id = randomUUID()
  const begun = Date.now() - events * 4 * minutes
  const timeOf = (seq: number) => new Date(begun + seq * 4 * minutes).toISOString()
  const story: Story = {
    ...{ id, slug, headline: 'River above the mark of 2013', standfirst: 'The city waits for the crest.', status: 'developing' },
    ...{ language: 'en', timeZone: 'UTC', openedAt: timeOf(1), cover: null, closedAt: null, closingSummary: '', archived: false },
  }
  const updates = new Map<number, Update>()
  const changeAt = (seq: number): Change => {
    if (seq === 1) return { type: 'story.opened', story }
    const earlier = seq % 20 === 0 ? updates.get(seq - 15) : undefined
    if (earlier) {
      const correction = { at: timeOf(seq), version: earlier.version + 1, note: 'The gauge was read at 7.42 metres, not at 7.24.' }
      const corrected = { ...earlier, ...bodySaying(seq), version: correction.version, editedAt: timeOf(seq), corrections: [correction] }
      updates.set(earlier.seq, corrected)
      return { type: 'update.corrected', update: corrected }
    }
    const update: Update = {
      ...{ id: randomUUID(), seq, version: 1, title: seq % 2 === 0 ? `What is known at number ${seq}` : null, ...bodySaying(seq), language: null },
      ...{ key: seq % 12 === 0, breaking: false, tags: [], author: 'River desk', publishedAt: timeOf(seq), occurredAt: null, editedAt: null },
      ...{ corrections: [], withdrawal: null },
    }
    updates.set(seq, update)
    return { type: 'update.published', update }
  }
  const log: LogEntry[] = []
  for (let seq = 1; seq <= events; seq += 1) {
    const { type, ...payload } = changeAt(seq)
    const link = await linkEvent({ story: id, seq, at: timeOf(seq), type }, payload, log.at(-1)?.hash ?? '')
    log.push({ seq, at: timeOf(seq), type, payload, ...link })
  }
  if (!(await store.importStory(log, [], new Date()))) throw new Error(`there is a story at ${slug} already`)
}

function bodySaying(seq: number): Pick<Update, 'body'> {
  const paragraphs = [0, 1, 2].map((part) => ({
    type: 'paragraph' as const,
    content: [0, 2].map((step) => ({ type: 'text' as const, text: `${sentences[(seq + part + step) % sentences.length]} ` })),
  }))
  return { body: { type: 'doc', content: paragraphs } }
}
