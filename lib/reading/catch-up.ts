import type { Store } from '#lib/db/store.ts'
import type { CatchUp } from '#lib/live/contract.ts'
import { canCatchUp, mostCaughtUp } from '#lib/story/merge.ts'

/** So many bytes of events are told at once; whoever missed more reads a view, which has a bound. */
export const mostMissedBytes = 256 * 1024

/**
 * What came after number `after` of epoch `epoch`: the events, or that the view has to be read anew, because history was
 * rewritten or too much was missed. Null if readers can't see the story. One query if nothing came, else two.
 */
export async function catchUp(store: Store, slug: string, epoch: number, after: number): Promise<CatchUp | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { head } = stored
  if (epoch !== stored.epoch || !canCatchUp(stored, after)) return { epoch: stored.epoch, head, reset: true }
  const events = after === head ? [] : await store.eventsAfter(stored.story.id, after, mostCaughtUp)
  if (Buffer.byteLength(JSON.stringify(events)) > mostMissedBytes) return { epoch: stored.epoch, head, reset: true }
  return { epoch: stored.epoch, head: events.at(-1)?.seq ?? head, events }
}
