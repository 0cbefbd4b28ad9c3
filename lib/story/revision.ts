import { z } from 'zod'
import { instant } from './text.ts'
import { update } from './update.ts'

/** One version of an update: how it read, who made it and what that was to readers. */
export const revision = z
  .object({
    seq: z.int().positive(),
    at: instant,
    kind: z.enum(['published', 'revised', 'corrected', 'withdrawn']),
    /** Who made it; null for somebody who is no longer among the people. */
    by: z.string().nullable(),
    update,
  })
  .meta({ id: 'Revision' })
export type Revision = z.infer<typeof revision>
