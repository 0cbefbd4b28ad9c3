import { z } from 'zod'
import { focus } from './focus.ts'
import { addedPicture, newPicture } from './new-picture.ts'

const { alt, credit } = newPicture.shape

/** A picture that was uploaded, with what is kept of it for those who use it next. */
export const keptPicture = addedPicture
  .extend({ alt: z.string(), credit: z.string().nullable(), focus: focus.nullable() })
  .meta({ id: 'KeptPicture' })
export type KeptPicture = z.infer<typeof keptPicture>

/** What may be changed of it. What isn't named stays. */
export const pictureChanges = z.strictObject({
  alt: alt.unwrap().optional(),
  credit: credit.unwrap().optional(),
  focus: focus.nullable().optional(),
})
export type PictureChanges = z.infer<typeof pictureChanges>
