import { z } from 'zod'
import { entryText } from './entry-text.ts'

/** Changes to an entry that aren't saved: the version and text they were begun from, and the text as it is now. */
export const keptEdit = z.object({
  version: z.int(),
  base: entryText,
  mine: entryText,
  /** The text that was there before the other's was taken in its place. */
  aside: entryText.nullable(),
  /** What was wrong, where it is a correction. */
  note: z.string(),
})
export type KeptEdit = z.infer<typeof keptEdit>

export function editName(personId: string, entryId: string): string {
  return `staytuned.edit.${personId}.${entryId}`
}
