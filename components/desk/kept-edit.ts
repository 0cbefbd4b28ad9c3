import { z } from 'zod'
import { entryText } from './entry-text.ts'

const edit = {
  version: z.int(),
  base: entryText,
  mine: entryText,
  /** What was wrong, where it is a correction. */
  note: z.string(),
}

/** Changes to an entry that aren't saved: the version and text they were begun from, and the text as it is now. */
export const keptEdit = z.object({
  ...edit,
  /** What was there before the other's was taken in its place: with the version it was begun from, so that saving it asks again. */
  aside: z.object(edit).nullable().catch(null),
})
export type KeptEdit = z.infer<typeof keptEdit>

export function editName(personId: string, entryId: string): string {
  return `staytuned.edit.${personId}.${entryId}`
}
