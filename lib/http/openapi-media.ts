import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { keptPicture, pictureChanges, picturePage } from '#lib/story/kept-picture.ts'
import { addedPicture, newPicture } from '#lib/story/new-picture.ts'
import { pictureFormats, pictureWidths } from '#lib/story/picture.ts'
import { everyBody, everyWrite, json, problemOf, responses, sent, session } from './openapi-parts.ts'
import { libraryQuery } from './queries.ts'

const binary = z.string().meta({ format: 'binary' })
const upload = newPicture.extend({ file: binary }).meta({ id: 'NewPicture' })

/** The name of each rendition, like `640.webp`. */
const renditions = z.enum(pictureWidths.flatMap((width) => pictureFormats.map((format) => `${width}.${format}`)))

/** What of the API is about pictures. */
export const mediaPaths: ZodOpenApiPathsObject = {
  '/api/media': {
    get: {
      operationId: 'listPictures',
      summary: 'The pictures that were uploaded, newest first, of which each word of `q` is said; for the desk',
      security: session,
      requestParams: { query: libraryQuery },
      responses: responses({ 200: json('The page, and the cursor of the next', picturePage) }, 400, 401, 403),
    },
    post: {
      operationId: 'addPicture',
      summary: 'Upload a picture',
      description:
        'JPEG, PNG, WebP, GIF (its first frame) or AVIF, at most 20 MB and 50 megapixels, an AVIF 25. It is made anew, without what else was in the file. ' +
        'Updates name it by its `src`, in Markdown as ![description](/media/…).',
      security: session,
      requestBody: { required: true, content: { 'multipart/form-data': { schema: upload } } },
      responses: {
        ...responses({ 201: json('Kept', addedPicture) }, ...everyWrite, 400),
        408: problemOf('It took more than two minutes, or nothing of it arrived for ten seconds'),
        413: problemOf('More than 20 MB'),
        415: problemOf('Not a form, or not a picture that is taken'),
        422: problemOf('The picture is broken, or has too many pixels'),
        503: problemOf('Too many are being uploaded; `Retry-After` says when again'),
      },
    },
  },
  '/api/media/{id}': {
    patch: {
      operationId: 'describePicture',
      summary: 'Change what is kept of a picture: what it shows, whose it is, what of it stays in view where it is cut',
      description:
        'A contributor may change their own. It is what updates say of the picture that say nothing else, and that are written from then on; what was published stays.',
      security: session,
      requestParams: { path: z.object({ id: z.uuid() }) },
      requestBody: sent(pictureChanges),
      responses: { ...responses({ 200: json('As it is now', keptPicture) }, ...everyWrite, ...everyBody), 404: problemOf('No such picture') },
    },
  },
  '/media/{id}/{rendition}': {
    get: {
      operationId: 'getPicture',
      summary: 'A picture at one of the widths that there are, in px, or at its own if that is less',
      requestParams: { path: z.object({ id: z.uuid(), rendition: renditions }) },
      responses: {
        200: {
          description: 'The picture, which never changes',
          content: { 'image/avif': { schema: binary }, 'image/webp': { schema: binary }, 'image/jpeg': { schema: binary } },
        },
        404: problemOf('No such picture, width or format'),
        503: problemOf('Too many are being made; `Retry-After` says when again'),
      },
    },
  },
}
