import { z } from 'zod'
import type { Store } from '#lib/db/store.ts'

/** What a reader missed, in numbers, and where it begins; or that it can't be told, because history was rewritten. */
export const changes = z
  .union([
    z.object({
      epoch: z.int().positive(),
      head: z.int().nonnegative(),
      updates: z.int().nonnegative(),
      corrections: z.int().nonnegative(),
      withdrawals: z.int().nonnegative(),
      /** The oldest update that came since and stands. */
      first: z.object({ id: z.uuid(), seq: z.int().positive() }).nullable(),
    }),
    z.object({ epoch: z.int().positive(), head: z.int().nonnegative(), reset: z.literal(true) }),
  ])
  .meta({ id: 'Changes' })
export type Changes = z.infer<typeof changes>

/** What happened in a story after number `after`, counted; null if readers can't see the story. Three queries, one if nothing did. */
export async function readChanges(store: Store, slug: string, epoch: number, after: number): Promise<Changes | null> {
  const stored = await store.story(slug)
  if (!stored || stored.story.status === 'draft') return null
  const { head } = stored
  if (epoch !== stored.epoch || after > head) return { epoch: stored.epoch, head, reset: true }
  const none = { epoch, head, updates: 0, corrections: 0, withdrawals: 0, first: null }
  if (after === head) return none
  const [counted, since] = await Promise.all([
    store.overview.changesAfter(stored.story.id, after),
    store.timeline(stored.story.id, { after, limit: mostSkipped }),
  ])
  const first = since.findLast(({ withdrawal }) => withdrawal === null)
  return {
    ...none,
    updates: counted.get('update.published') ?? 0,
    corrections: counted.get('update.corrected') ?? 0,
    withdrawals: counted.get('update.withdrawn') ?? 0,
    first: first ? { id: first.id, seq: first.seq } : null,
  }
}

/** How many of the first updates may have been withdrawn before it is no longer worth looking for one that stands. */
const mostSkipped = 10
