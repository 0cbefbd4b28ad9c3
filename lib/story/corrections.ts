import { z } from 'zod'
import { instant } from './text.ts'

/** That an update was corrected: which one, what version that made, and when. */
export const correctionMark = z
  .object({
    /** The update's. */
    id: z.uuid(),
    /** The correction's number in the log. */
    seq: z.int().positive(),
    version: z.int().positive(),
    at: instant,
  })
  .meta({ id: 'CorrectionMark' })
export type CorrectionMark = z.infer<typeof correctionMark>

/** All corrections of a story counted, and the newest of them, newest first. */
export const corrections = z.object({ count: z.int().nonnegative(), newest: z.array(correctionMark) })
export type Corrections = z.infer<typeof corrections>
