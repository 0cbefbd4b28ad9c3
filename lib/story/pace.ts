import { z } from 'zod'
import { instant } from './text.ts'

/**
 * How many updates were published when, over the whole of a story: buckets of the same width, the first beginning at `start`,
 * on whole multiples of the width since 1970. Narrow for a story of an hour, wide for one of a year.
 */
export const pace = z.object({ start: instant.nullable(), minutes: z.int().positive(), counts: z.array(z.int().nonnegative()) }).meta({ id: 'Pace' })
export type Pace = z.infer<typeof pace>
