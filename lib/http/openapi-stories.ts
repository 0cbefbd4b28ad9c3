import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { catchUp, changes } from '#lib/live/contract.ts'
import { deskState, storyPerson, storyPersonChange } from '#lib/story/desk.ts'
import { sendingBack } from '#lib/story/draft.ts'
import { erasableFacts, erasureCheck, erasureStep, newErasure } from '#lib/story/erasure.ts'
import { logEntry } from '#lib/story/log-entry.ts'
import { newNote, note } from '#lib/story/note.ts'
import { revision } from '#lib/story/revision.ts'
import { listedStory, newStory, slug, story, storyChanges } from '#lib/story/story.ts'
import { storySettings } from '#lib/story/story-settings.ts'
import { keptUnsent, unsentChange, unsentQuery, unsentTexts } from '#lib/story/unsent.ts'
import { newUpdate, update, updateChanges, withdrawal } from '#lib/story/update.ts'
import { updatePage, view } from '#lib/story/view.ts'
import { everyBody, everyWrite, json, responses, sent, session } from './openapi-parts.ts'
import { eventsQuery, idempotencyKey, placeQuery } from './queries.ts'

const openedStory = z.object({ id: z.uuid(), slug, epoch: z.int(), head: z.int() }).meta({ id: 'OpenedStory' })
const revisedStory = z.object({ story, settings: storySettings, epoch: z.int(), head: z.int() }).meta({ id: 'RevisedStory' })
const writtenUpdate = z
  .object({ id: z.uuid(), seq: z.int().nullable(), version: z.int(), publishedAt: z.string().nullable(), publishAt: z.string().nullable() })
  .meta({ id: 'WrittenUpdate', description: 'seq and publishedAt are null for a draft, and publishAt for one that isn’t published by itself' })
const inStory = { path: z.object({ slug }) }
const ofDevice = { path: z.object({ slug, device: z.uuid() }) }
const inUpdate = { path: z.object({ slug, id: z.uuid() }) }

const proof = { description: 'The steps', content: { 'application/x-ndjson': { schema: erasureStep } } }

/** What of the API is about stories: following them, and writing to them. */
export const storyPaths: ZodOpenApiPathsObject = {
  '/api/stories': {
    get: {
      operationId: 'listStories',
      summary: 'The stories that readers are shown, newest activity first: neither drafts nor the archive',
      responses: { 200: json('The stories', z.object({ stories: z.array(listedStory) })) },
    },
    post: {
      operationId: 'openStory',
      summary: 'Open a story',
      description: 'The same Idempotency-Key again, from the same person, answers with the same story and opens no other.',
      security: session,
      requestParams: { header: z.object({ 'Idempotency-Key': idempotencyKey.optional() }) },
      requestBody: sent(newStory),
      responses: responses({ 201: json('Opened', openedStory) }, ...everyWrite, ...everyBody, 409, 422),
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
      summary: 'Change what a story says of itself, close it, put it into the archive, or change its settings',
      security: session,
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
      security: session,
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
      security: session,
      requestParams: { ...inUpdate, header: z.object({ 'If-Match': z.string().optional() }) },
      requestBody: sent(updateChanges),
      responses: responses({ 200: json('Changed', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409, 412),
    },
    delete: {
      operationId: 'discardDraft',
      summary: 'Throw a draft away',
      security: session,
      requestParams: inUpdate,
      responses: responses({ 204: { description: 'Gone' } }, ...everyWrite, 404, 409),
    },
  },
  '/api/stories/{slug}/updates/{id}/withdraw': {
    post: {
      operationId: 'withdrawUpdate',
      summary: 'Take an update down, leaving a notice in its place',
      security: session,
      requestParams: inUpdate,
      requestBody: sent(withdrawal),
      responses: responses({ 200: json('Withdrawn', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409),
    },
  },
  '/api/stories/{slug}/updates/{id}/send-back': {
    post: {
      operationId: 'sendDraftBack',
      summary: 'Give a submitted draft back to its author, with a note',
      security: session,
      requestParams: inUpdate,
      requestBody: sent(sendingBack),
      responses: responses({ 200: json('Sent back', writtenUpdate) }, ...everyWrite, ...everyBody, 404, 409),
    },
  },
  '/api/stories/{slug}/updates/{id}/history': {
    get: {
      operationId: 'getHistory',
      summary: 'All versions of an update, newest first, with who made each',
      security: session,
      requestParams: inUpdate,
      responses: responses({ 200: json('The versions', z.object({ revisions: z.array(revision) })) }, 401, 403, 404),
    },
  },
  '/api/stories/{slug}/desk': {
    get: {
      operationId: 'getDesk',
      summary: 'What the newsroom sees of a story: the view, drafts, withdrawn updates, notes, and what you may do',
      security: session,
      requestParams: inStory,
      responses: responses({ 200: json('The desk', deskState) }, 401, 403, 404),
    },
  },
  '/api/stories/{slug}/notes': {
    post: {
      operationId: 'writeNote',
      summary: 'Say something to the newsroom, which readers never see',
      security: session,
      requestParams: { ...inStory, header: z.object({ 'Idempotency-Key': idempotencyKey.optional() }) },
      requestBody: sent(newNote),
      responses: responses({ 201: json('Written', note) }, ...everyWrite, ...everyBody, 404, 422),
    },
  },
  '/api/stories/{slug}/unsent': {
    get: {
      operationId: 'listUnsent',
      summary: 'What you have typed in your browsers and sent nowhere, newest first',
      security: session,
      requestParams: { ...inStory, query: unsentQuery },
      responses: responses({ 200: json('Your texts', unsentTexts) }, 400, 401, 403, 404),
    },
  },
  '/api/stories/{slug}/unsent/{device}': {
    put: {
      operationId: 'keepUnsent',
      summary: 'Keep what you are typing in this browser, in place of what was kept of it',
      description: 'Nobody else sees it. Of ten browsers a text is kept, and for thirty days after it was saved.',
      security: session,
      requestParams: ofDevice,
      requestBody: sent(unsentChange),
      responses: responses({ 200: json('Kept', keptUnsent) }, ...everyWrite, ...everyBody, 404),
    },
    delete: {
      operationId: 'dropUnsent',
      summary: 'Throw away what is kept of a browser',
      security: session,
      requestParams: { ...ofDevice, query: unsentQuery },
      responses: responses({ 204: { description: 'Gone, or it was not there' } }, ...everyWrite, 400, 404),
    },
  },
  '/api/stories/{slug}/people': {
    get: {
      operationId: 'listStoryPeople',
      summary: 'Everybody, with the role they have everywhere and the one they have in this story',
      security: session,
      requestParams: inStory,
      responses: responses({ 200: json('The people', z.object({ people: z.array(storyPerson) })) }, 401, 403, 404),
    },
  },
  '/api/stories/{slug}/people/{personId}': {
    put: {
      operationId: 'choosePerson',
      summary: 'Give somebody a role in this story, or with null take it away',
      security: session,
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
  '/api/stories/{slug}/log': {
    get: {
      operationId: 'getLog',
      summary: 'The whole log, an event a line, with the hashes by which anybody can check that it is consistent with itself',
      description:
        'Newline-delimited JSON, oldest first. `payloadHash` is SHA-256 over {"payload":…,"salt":…}, `hash` over {"at":…,"payload":payloadHash,"previous":the hash before,"seq":…,"story":id,"type":…}, both as canonical JSON (RFC 8785); the id of the story is in the header Staytuned-Story. The log is not signed: the hashes show a change in part, and not who wrote the log.',
      requestParams: inStory,
      responses: responses({ 200: { description: 'The log', content: { 'application/x-ndjson': { schema: logEntry } } } }, 404),
    },
  },
  '/api/stories/{slug}/archive': {
    get: {
      operationId: 'exportStory',
      summary: 'The story as an archive: its whole log, its pictures, and a page of it that reads without a server',
      description:
        'A ZIP file, which `npm run import` imports elsewhere. It is not signed, so it proves nothing about who made it. It has what the story said before readers could see it too.',
      security: session,
      requestParams: inStory,
      responses: responses({ 200: { description: 'The archive', content: { 'application/zip': {} } } }, 401, 403, 404),
    },
  },
  '/api/stories/{slug}/erasures': {
    get: {
      operationId: 'listErasable',
      summary: 'The claims and questions of the log, with the updates they have ever named, also those that were withdrawn',
      security: session,
      requestParams: inStory,
      responses: responses({ 200: json('What there is', erasableFacts) }, 401, 403, 404),
    },
    post: {
      operationId: 'eraseHistory',
      summary: 'Erase updates, claims and questions from all that is kept, for good, and prove it',
      description:
        'Newline-delimited JSON, a step a line as it is done: that it is erased, how each channel was found, and in how many of them nothing of it is left. If the answer breaks off, the audit log has how it ended.',
      security: session,
      requestParams: inStory,
      requestBody: sent(newErasure),
      responses: responses({ 200: proof }, ...everyWrite, ...everyBody, 404),
    },
  },
  '/api/stories/{slug}/erasures/check': {
    post: {
      operationId: 'checkErasure',
      summary: 'Look once more for words that were erased',
      security: session,
      requestParams: inStory,
      requestBody: sent(erasureCheck),
      responses: responses({ 200: proof }, ...everyWrite, ...everyBody, 404),
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
}
