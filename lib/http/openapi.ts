import { z } from 'zod'
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { catchUp, changes } from '#lib/live/contract.ts'
import { deskState, storyPerson, storyPersonChange } from '#lib/story/desk.ts'
import { sendingBack } from '#lib/story/draft.ts'
import { keptPicture, pictureChanges, picturePage } from '#lib/story/kept-picture.ts'
import { addedPicture, newPicture } from '#lib/story/new-picture.ts'
import { newNote, note } from '#lib/story/note.ts'
import { pictureFormats, pictureWidths } from '#lib/story/picture.ts'
import { revision } from '#lib/story/revision.ts'
import { listedStory, newStory, slug, story, storyChanges } from '#lib/story/story.ts'
import { newUpdate, update, updateChanges, withdrawal } from '#lib/story/update.ts'
import { updatePage, view } from '#lib/story/view.ts'
import { peoplePaths } from './openapi-people.ts'
import { problemDocument } from './problem-document.ts'
import { eventsQuery, idempotencyKey, libraryQuery, placeQuery } from './queries.ts'

const openedStory = z.object({ id: z.uuid(), slug, epoch: z.int(), head: z.int() }).meta({ id: 'OpenedStory' })
const revisedStory = z.object({ story, epoch: z.int(), head: z.int() }).meta({ id: 'RevisedStory' })
const writtenUpdate = z
  .object({ id: z.uuid(), seq: z.int().nullable(), version: z.int(), publishedAt: z.string().nullable(), publishAt: z.string().nullable() })
  .meta({ id: 'WrittenUpdate', description: 'seq and publishedAt are null for a draft, and publishAt for one that isn’t published by itself' })
const health = z.object({
  status: z.enum(['ok', 'unavailable']),
  role: z.string(),
  database: z.string(),
  lag: z.int().nullable().meta({ description: 'How many events the live channel is behind the log; null where this process has none' }),
})

const inStory = { path: z.object({ slug }) }
const inUpdate = { path: z.object({ slug, id: z.uuid() }) }

const errors = {
  400: 'Something that was sent is not right; `issues` says what',
  401: 'Nobody is signed in',
  403: 'Not allowed, or sent by a page of another site',
  404: 'There is no such thing',
  409: 'It is not in a state for that',
  410: 'The link was used, was taken back, or its time is over',
  412: 'Changed meanwhile; `current` is how it reads now',
  413: 'More than 256 KB',
  415: 'Not JSON',
  422: 'The Idempotency-Key came before with another request, or the password or code is not right',
  429: 'Too many; `Retry-After` says when again',
} as const

function responses(success: ZodOpenApiResponsesObject, ...statuses: (keyof typeof errors)[]): ZodOpenApiResponsesObject {
  return { ...success, ...Object.fromEntries(statuses.map((status) => [String(status), problemOf(errors[status])])) }
}

function problemOf(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemDocument } } }
}

function json(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': { schema } } }
}

function sent(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } }
}

const binary = z.string().meta({ format: 'binary' })
const upload = newPicture.extend({ file: binary }).meta({ id: 'NewPicture' })

/** The name of each rendition, like `640.webp`. */
const renditions = z.enum(pictureWidths.flatMap((width) => pictureFormats.map((format) => `${width}.${format}`)))

const everyWrite = [401, 403, 429] as const
const everyBody = [400, 413, 415] as const

let made: { publicUrl: string; document: ReturnType<typeof createDocument> } | undefined

/** The HTTP API as an OpenAPI 3.1 document, made from the schemas that the routes themselves use. Made once, about 20 ms. */
export function openApi(publicUrl: string) {
  if (made?.publicUrl !== publicUrl) made = { publicUrl, document: makeDocument(publicUrl) }
  return made.document
}

function makeDocument(publicUrl: string) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Staytuned',
      version: '1',
      description: 'Follow developing stories and write to them. Times are ISO 8601 in UTC, ids are UUIDv7, errors are problem documents (RFC 9457).',
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' } } },
    paths: {
      '/api/health': {
        get: {
          operationId: 'getHealth',
          summary: 'Whether this process can serve',
          responses: { 200: json('It can', health), 503: json('It cannot', health) },
        },
      },
      '/api/stories': {
        get: {
          operationId: 'listStories',
          summary: 'Stories that readers may see, newest activity first',
          responses: { 200: json('The stories', z.object({ stories: z.array(listedStory) })) },
        },
        post: {
          operationId: 'openStory',
          summary: 'Open a story',
          security: [{ session: [] }],
          requestBody: sent(newStory),
          responses: responses({ 201: json('Opened', openedStory) }, ...everyWrite, ...everyBody, 409),
        },
      },
      '/api/stories/{slug}': {
        get: {
          operationId: 'getStory',
          summary: 'The view: the story, where its log stands, an overview of it, and a part of its timeline, the newest if no other is asked for',
          requestParams: { ...inStory, query: placeQuery },
          responses: responses({ 200: json('The view', view) }, 400, 404),
        },
        patch: {
          operationId: 'reviseStory',
          summary: 'Change headline, standfirst, status, language or time zone',
          security: [{ session: [] }],
          requestParams: inStory,
          requestBody: sent(storyChanges),
          responses: responses({ 200: json('As it is now', revisedStory) }, ...everyWrite, ...everyBody, 404, 409),
        },
      },
      '/api/stories/{slug}/updates': {
        get: {
          operationId: 'listUpdates',
          summary: 'A page of the timeline, newest first',
          requestParams: { ...inStory, query: placeQuery },
          responses: responses({ 200: json('The page, and the cursors of the next older and newer ones', updatePage) }, 400, 404),
        },
        post: {
          operationId: 'publishUpdate',
          summary: 'Publish an update, keep it as a draft, or submit it to the editors',
          description: '201 means durable. The same Idempotency-Key again answers the same and writes nothing.',
          security: [{ session: [] }],
          requestParams: { ...inStory, header: z.object({ 'Idempotency-Key': idempotencyKey.optional() }) },
          requestBody: sent(newUpdate),
          responses: responses({ 201: json('Written', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409, 422),
        },
      },
      '/api/stories/{slug}/updates/{id}': {
        get: {
          operationId: 'getUpdate',
          summary: 'One update as readers see it now',
          requestParams: inUpdate,
          responses: responses({ 200: json('The update', update) }, 404),
        },
        patch: {
          operationId: 'reviseUpdate',
          summary: 'Edit, correct, pin or unpin an update; edit, submit, take back, schedule or publish a draft',
          description: 'Changes to what it says need If-Match with the version they were made to; pinning does not.',
          security: [{ session: [] }],
          requestParams: { ...inUpdate, header: z.object({ 'If-Match': z.string().optional() }) },
          requestBody: sent(updateChanges),
          responses: responses({ 200: json('Changed', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409, 412),
        },
        delete: {
          operationId: 'discardDraft',
          summary: 'Throw a draft away',
          security: [{ session: [] }],
          requestParams: inUpdate,
          responses: responses({ 204: { description: 'Gone' } }, ...everyWrite, 404, 409),
        },
      },
      '/api/stories/{slug}/updates/{id}/withdraw': {
        post: {
          operationId: 'withdrawUpdate',
          summary: 'Take an update down, leaving a notice in its place',
          security: [{ session: [] }],
          requestParams: inUpdate,
          requestBody: sent(withdrawal),
          responses: responses({ 200: json('Withdrawn', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409),
        },
      },
      '/api/stories/{slug}/updates/{id}/send-back': {
        post: {
          operationId: 'sendDraftBack',
          summary: 'Give a submitted draft back to its author, with a note',
          security: [{ session: [] }],
          requestParams: inUpdate,
          requestBody: sent(sendingBack),
          responses: responses({ 200: json('Sent back', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409),
        },
      },
      '/api/stories/{slug}/updates/{id}/history': {
        get: {
          operationId: 'getHistory',
          summary: 'All versions of an update, newest first, with who made each',
          security: [{ session: [] }],
          requestParams: inUpdate,
          responses: responses({ 200: json('The versions', z.object({ revisions: z.array(revision) })) }, 401, 403, 404),
        },
      },
      '/api/stories/{slug}/desk': {
        get: {
          operationId: 'getDesk',
          summary: 'What the newsroom sees of a story: the view, drafts, withdrawn updates, notes, and what you may do',
          security: [{ session: [] }],
          requestParams: inStory,
          responses: responses({ 200: json('The desk', deskState) }, 401, 403, 404),
        },
      },
      '/api/stories/{slug}/notes': {
        post: {
          operationId: 'writeNote',
          summary: 'Say something to the newsroom, which readers never see',
          security: [{ session: [] }],
          requestParams: { ...inStory, header: z.object({ 'Idempotency-Key': idempotencyKey.optional() }) },
          requestBody: sent(newNote),
          responses: responses({ 201: json('Written', note) }, ...everyWrite, ...everyBody, 404, 422),
        },
      },
      '/api/stories/{slug}/people': {
        get: {
          operationId: 'listStoryPeople',
          summary: 'Everybody, with the role they have everywhere and the one they have in this story',
          security: [{ session: [] }],
          requestParams: inStory,
          responses: responses({ 200: json('The people', z.object({ people: z.array(storyPerson) })) }, 401, 403, 404),
        },
      },
      '/api/stories/{slug}/people/{personId}': {
        put: {
          operationId: 'choosePerson',
          summary: 'Give somebody a role in this story, or with null take it away',
          security: [{ session: [] }],
          requestParams: { path: z.object({ slug, personId: z.string() }) },
          requestBody: sent(storyPersonChange),
          responses: responses({ 204: { description: 'So it is' } }, ...everyWrite, ...everyBody, 404),
        },
      },
      '/api/stories/{slug}/events': {
        get: {
          operationId: 'catchUp',
          summary: 'The events after a number, or that the view has to be read anew',
          requestParams: { ...inStory, query: eventsQuery },
          responses: responses({ 200: json('What was missed', catchUp) }, 400, 404),
        },
      },
      '/api/stories/{slug}/changes': {
        get: {
          operationId: 'countChanges',
          summary: 'How much happened after a number, and which update is the first',
          requestParams: { ...inStory, query: eventsQuery },
          responses: responses({ 200: json('What was missed, counted', changes) }, 400, 404),
        },
      },
      '/api/media': {
        get: {
          operationId: 'listPictures',
          summary: 'The pictures that were uploaded, newest first, of which each word of `q` is said; for the desk',
          security: [{ session: [] }],
          requestParams: { query: libraryQuery },
          responses: responses({ 200: json('The page, and the cursor of the next', picturePage) }, 400, 401, 403),
        },
        post: {
          operationId: 'addPicture',
          summary: 'Upload a picture',
          description:
            'JPEG, PNG, WebP, GIF (its first frame) or AVIF, at most 20 MB and 50 megapixels, an AVIF 25. It is made anew, without what else was in the file. ' +
            'Updates name it by its `src`, in Markdown as ![description](/media/…).',
          security: [{ session: [] }],
          requestBody: { required: true, content: { 'multipart/form-data': { schema: upload } } },
          responses: {
            ...responses({ 201: json('Kept', addedPicture) }, ...everyWrite, 400),
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
          security: [{ session: [] }],
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
      ...peoplePaths({ json, sent, responses }),
    },
  })
}
