import { z } from 'zod'
import { focus } from './focus.ts'
import { addedPicture, newPicture } from './new-picture.ts'
import { instant } from './text.ts'

const { alt, credit } = newPicture.shape

/** A picture that was uploaded, with what is kept of it for those who use it next. */
export const keptPicture = addedPicture
  .extend({ alt: z.string(), credit: z.string().nullable(), focus: focus.nullable(), name: z.string(), uploadedAt: instant })
  .meta({ id: 'KeptPicture' })
export type KeptPicture = z.infer<typeof keptPicture>

/** What may be changed of it. What isn't named stays. */
export const pictureChanges = z.strictObject({
  alt: alt.unwrap().optional(),
  credit: credit.unwrap().optional(),
  focus: focus.nullable().optional(),
})
export type PictureChanges = z.infer<typeof pictureChanges>

/** A part of the library, newest first, and the cursor of the next. */
export const picturePage = z.object({ pictures: z.array(keptPicture), next: z.uuid().nullable() }).meta({ id: 'PicturePage' })
export type PicturePage = z.infer<typeof picturePage>
