import { z } from 'zod'
import { instant } from './text.ts'

/** How a published update came to readers' screens, as far as it is known by now. */
export const reached = z
  .object({
    /** The number of the event that published it. */
    seq: z.int().positive(),
    /** Readers who were connected as it went out. */
    readers: z.int().nonnegative(),
    /** How many of them were asked to confirm it: all, or those of a sample. */
    asked: z.int().nonnegative(),
    confirmed: z.int().nonnegative(),
    /** Within how many ms of its publication half of the confirmations were there, and 95 in a hundred; null if there are none. */
    p50: z.int().positive().nullable(),
    p95: z.int().positive().nullable(),
  })
  .meta({ id: 'Reached' })
export type Reached = z.infer<typeof reached>

/** How many were reading in each of the whole minutes from `start` on; `start` is null where nobody was counted. */
export const audience = z.object({ start: instant.nullable(), readers: z.array(z.int().nonnegative()) }).meta({ id: 'Audience' })
export type Audience = z.infer<typeof audience>
