import { z } from 'zod'
import { focus } from './focus.ts'
import { newPicture } from './new-picture.ts'
import { pictureIdOf } from './picture.ts'

/** The picture that stands for a story: one of our own, with what was said of it when it was chosen; the size in pixels. */
export const cover = z
  .object({
    src: z.string(),
    alt: z.string(),
    credit: z.string().nullable(),
    focus: focus.nullable(),
    width: z.int().positive(),
    height: z.int().positive(),
  })
  .meta({ id: 'Cover' })
export type Cover = z.infer<typeof cover>

const { alt, credit } = newPicture.shape

/** A cover as it is chosen. What isn't said is taken from what is kept of the picture. */
export const chosenCover = z
  .strictObject({
    src: z.string('must be text').refine((text) => pictureIdOf(text) !== null, 'must be the path of a picture that was uploaded'),
    alt: alt.unwrap().optional(),
    credit: credit.unwrap().optional(),
    focus: focus.nullable().optional(),
  })
  .meta({ id: 'ChosenCover' })
export type ChosenCover = z.infer<typeof chosenCover>
