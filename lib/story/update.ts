import { z } from 'zod'
import { body, bodyLimits, storedBody } from './body.ts'
import { claimWithin } from './claim.ts'
import { instant, instantInput, languageTag, line, printable } from './text.ts'

export const correction = z.object({
  at: instant,
  /** The version that the correction made. */
  version: z.int(),
  note: printable,
})

/** One entry of a story's timeline, as readers may see it now. */
export const update = z
  .object({
    id: z.uuid(),
    /** The number of the event that published it: its place in the timeline, which no edit moves. */
    seq: z.int().positive(),
    /** Rises by one with each edit, correction and withdrawal. */
    version: z.int().positive(),
    title: z.string().nullable(),
    body: storedBody,
    /** Where it is another than the story's. */
    language: languageTag.nullable().default(null),
    /** Whether it is one of the few that tell the story on their own. */
    key: z.boolean(),
    /** Whether readers with the page open are told of it at once. One that is breaking is a key event too. */
    breaking: z.boolean().default(false),
    /** What it is about, in a word or two each. */
    tags: z.array(z.string()).default([]),
    author: z.string(),
    publishedAt: instant,
    /** The time that it tells of, where that is another than the time it was published. */
    occurredAt: instant.nullable(),
    editedAt: instant.nullable(),
    corrections: z.array(correction),
    /** Set when it was taken down: the notice is then all there is, title and body are empty. */
    withdrawal: z.object({ at: instant, notice: printable }).nullable(),
  })
  .meta({ id: 'Update' })
export type Update = z.infer<typeof update>

const author = line({ min: 1, max: 120 })

export const mostTags = 10
/** Each once, in the order they were given. */
const tags = z
  .array(line({ min: 1, max: 40 }))
  .overwrite((all) => [...new Set(all)])
  .max(mostTags, `must be at most ${mostTags}`)

const title = line({ max: 200 }).transform((text) => (text === '' ? null : text))

/** What an update claims on somebody's behalf. */
const claims = z.array(claimWithin).max(10, 'must be at most 10')

/** A body is the rich document, or a string of Markdown that becomes one. */
const bodyInput = z
  .union([z.string().max(bodyLimits.bytes, 'is too long'), body], {
    // What is wrong with a document as a whole says more than that it is none.
    error: ({ errors }) =>
      errors?.flat().find(({ code, path }) => code === 'custom' && path.length === 0)?.message ?? 'must be Markdown text or a document',
  })
  .meta({
    id: 'BodyInput',
    // The document's limits are checked before its schema, which hides the schema from whoever describes it.
    override: { anyOf: [{ type: 'string', description: 'Markdown' }, { $ref: '#/components/schemas/Body' }] },
  })
export type BodyInput = z.infer<typeof bodyInput>

/** The longest that an update is held back before readers get it, in seconds. */
export const mostHold = 30

export const newUpdate = z
  .strictObject({
    title: title.nullable().default(null),
    body: bodyInput,
    language: languageTag.nullable().default(null),
    occurredAt: instantInput.nullable().default(null),
    key: z.boolean().default(false),
    /** Makes it a key event as well. */
    breaking: z.boolean().default(false),
    tags: tags.default([]),
    /** What it tells of that somebody says is so: noted beside the timeline once it is published. */
    claims: claims.default([]),
    /** Pins it, once it is published. */
    pinned: z.boolean().default(false),
    /** Who it is by, as readers are told; the person who writes it if it isn't given. */
    author: author.optional(),
    /** A draft is being written; one that was submitted waits for an editor. */
    status: z.enum(['draft', 'submitted', 'published']).default('published'),
    /** A draft with this is published by itself when the time comes. */
    publishAt: instantInput.nullable().default(null),
    /**
     * Seconds that it stays here before it is published: as long it can be called back, as a draft whose time is taken off.
     */
    hold: z.int().min(0).max(mostHold).default(0),
  })
  .refine((input) => input.hold === 0 || input.status === 'published', {
    path: ['hold'],
    message: 'goes with status published: a draft isn’t on its way to readers',
  })
  .refine((input) => input.publishAt === null || input.status === 'draft', {
    path: ['publishAt'],
    message: 'goes with status draft: it says when the draft is to be published',
  })
  .meta({ id: 'NewUpdate' })
export type NewUpdate = z.infer<typeof newUpdate>

export const notice = line({ min: 1, max: 500 })

const contentChanges = z.strictObject({
  title: title.nullable().optional(),
  body: bodyInput.optional(),
  language: languageTag.nullable().optional(),
  occurredAt: instantInput.nullable().optional(),
  key: z.boolean().optional(),
  /** What is breaking stays a key event. */
  breaking: z.boolean().optional(),
  tags: tags.optional(),
  /** Of a draft: all that it is to note once it is published. Of an update: what is noted besides, which changes nothing of what it says. */
  claims: claims.optional(),
  author: author.optional(),
  /** Publishes a draft, submits it to the editors, or takes it back from them to be written on. */
  status: z.enum(['draft', 'submitted', 'published']).optional(),
  publishAt: instantInput.nullable().optional(),
  /** Of a draft: whether it is pinned once it is published. */
  pinned: z.boolean().optional(),
  /** Makes the revision one that readers are told of, and says why it was needed. */
  correction: z.strictObject({ note: notice }).optional(),
})
export type ContentChanges = z.infer<typeof contentChanges>

const pinChange = z.strictObject({ pinned: z.boolean() })

/** Changes to an update: to what it says, or to whether it is pinned, each being an event of its own; or to a draft, which is none. */
export const updateChanges = z
  .union([pinChange, contentChanges], 'must be changes to what the update says')
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'UpdateChanges' })

export type UpdateChanges = z.infer<typeof updateChanges>

export function isPinAlone(changes: UpdateChanges): changes is z.infer<typeof pinChange> {
  return changes.pinned !== undefined && Object.keys(changes).length === 1
}

export const withdrawal = z.strictObject({ notice }).meta({ id: 'NewWithdrawal' })
