import { z } from 'zod'
import { instant } from './text.ts'

/**
 * What somebody has typed and sent nowhere, as one of their browsers holds it: theirs alone, and no part of the story. What is in
 * it the desk says, which must read what any of its versions has written; here it is only kept.
 */
const typed = z.record(z.string(), z.unknown())

export const unsentText = z
  .object({
    /** The browser that it was typed in, by a number that this gave itself. */
    device: z.uuid(),
    text: typed,
    savedAt: instant,
    /** The browser that it was taken to, to be written on there; null as long as it is in none but its own. */
    movedTo: z.uuid().nullable(),
  })
  .meta({ id: 'UnsentText' })
export type UnsentText = z.infer<typeof unsentText>

export const unsentChange = z
  .strictObject({
    /** Whose it is: while somebody else is signed in, it isn't kept as theirs. */
    personId: z.string().max(100),
    text: typed,
    /** The browser that the text was taken from: its copy is marked as moved. */
    movedFrom: z.uuid().optional(),
  })
  .meta({ id: 'UnsentChange' })
export type UnsentChange = z.infer<typeof unsentChange>

export const unsentTexts = z.object({ texts: z.array(unsentText) })
