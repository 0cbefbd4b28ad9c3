import type { Store } from '#lib/db/store.ts'
import type { CatchUp } from '#lib/live/contract.ts'
import { mostCaughtUp } from '#lib/story/merge.ts'

/**
 * What came after number `after` of epoch `epoch`: the events, or that the view has to be read anew, because history was
 * rewritten or too much was missed. Null if readers can't see the story. One query if nothing came, else two.
 */
export async function catchUp(store: Store, slug: string, epoch: number, after: number): Promise<CatchUp | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { head, publicFrom } = stored
  // What a story was before readers could see it is nobody's to read.
  const isBefore = after < publicFrom && publicFrom > 1
  if (epoch !== stored.epoch || after > head || head - after > mostCaughtUp || isBefore) return { epoch: stored.epoch, head, reset: true }
  const events = after === head ? [] : await store.eventsAfter(stored.story.id, after, mostCaughtUp)
  return { epoch: stored.epoch, head: events.at(-1)?.seq ?? head, events }
}
