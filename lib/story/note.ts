import { z } from 'zod'
import { instant, printable } from './text.ts'

/** What the newsroom says to itself about a story. Readers never see it. */
export const note = z.object({ id: z.uuid(), author: z.string(), authorId: z.string(), at: instant, text: printable }).meta({ id: 'Note' })
export type Note = z.infer<typeof note>

export const longestNote = 2000
const length = `must have 1 to ${longestNote} characters`

export const newNote = z
  .strictObject({
    text: printable
      .overwrite((text) => text.trim())
      .min(1, length)
      .max(longestNote, length),
  })
  .meta({ id: 'NewNote' })
