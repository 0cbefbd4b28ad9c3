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
    /** The browser that it was taken to as it is, to be written on there; null as long as it is in none but its own. */
    movedTo: z.uuid().nullable(),
  })
  .meta({ id: 'UnsentText' })
export type UnsentText = z.infer<typeof unsentText>

const whose = z.string().max(100).describe('Whose it is: while somebody else is signed in, the answer is 401')

export const unsentChange = z
  .strictObject({
    personId: whose,
    text: typed.refine(isStorable, 'must have no NUL and no half of a surrogate pair'),
    /** The copy that the text was taken from. It is marked as moved, if nothing else was saved there since. */
    movedFrom: z.strictObject({ device: z.uuid(), savedAt: instant }).optional(),
  })
  .meta({ id: 'UnsentChange' })
export type UnsentChange = z.infer<typeof unsentChange>

/** `movedTo`: the same text was there already, and was taken to that browser. */
export const keptUnsent = unsentText.pick({ savedAt: true, movedTo: true })
export type KeptUnsent = z.infer<typeof keptUnsent>

export const unsentTexts = z.object({ texts: z.array(unsentText) })

export const unsentQuery = z.object({ personId: whose })

/** Whether the database can keep it: text in it is well formed, and without the one character that Postgres doesn't take. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}
