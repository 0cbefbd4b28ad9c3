import { z } from 'zod'
import { pictureIdOf } from './picture.ts'
import { line, webAddress } from './text.ts'

/** Where a body's picture may be: on the web, or among our own. */
export const imageAddress = z
  .string()
  .max(2048, 'must have at most 2048 characters')
  .refine(
    (text) => pictureIdOf(text) !== null || webAddress.safeParse(text).success,
    'must be an http or https address, or the path of a picture that was uploaded',
  )

/** What may be said of a picture as it is uploaded. */
export const newPicture = z.strictObject({
  alt: line({ max: 1000 }).default(''),
  credit: line({ max: 300 })
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null),
})
export type NewPicture = z.infer<typeof newPicture>

/** What an upload is answered: where the picture is, and what is kept of it. */
export const addedPicture = z
  .object({
    id: z.uuid(),
    src: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    type: z.string(),
    bytes: z.int().positive(),
  })
  .meta({ id: 'AddedPicture' })
export type AddedPicture = z.infer<typeof addedPicture>
