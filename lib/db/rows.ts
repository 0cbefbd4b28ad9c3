import { emptyBody, storedBody } from '#lib/story/body.ts'
import { type Claim, claim } from '#lib/story/claim.ts'
import type { WithdrawnUpdate } from '#lib/story/desk.ts'
import { type Draft, draft, sentBack } from '#lib/story/draft.ts'
import { event, type StoryEvent } from '#lib/story/event.ts'
import { type Question, question } from '#lib/story/question.ts'
import { type Revision, revision } from '#lib/story/revision.ts'
import { type Story, type StoryStatus, story as storySchema } from '#lib/story/story.ts'
import { type StorySettings, storySettings } from '#lib/story/story-settings.ts'
import { correction, update as publicSchema, type Update } from '#lib/story/update.ts'
import type { Event as EventRow, Story as StoryRow, Update as UpdateRow } from './generated/client.ts'

const { tags } = publicSchema.shape
const { claims } = draft.shape
const { cover } = storySchema.shape

// Here rows become domain values. Each public field is named by hand: what isn't named goes no further.

/** A story with what of it only the newsroom sees. */
export type StoredStory = {
  readonly story: Story
  readonly head: number
  readonly epoch: number
  /** The hash of the newest event that is linked, and its number: the head's, unless a program from before there was a chain has written. */
  readonly chain: string
  readonly linkedTo: number
  /** The number of the event since which readers can see it; 0 while they can't. */
  readonly publicFrom: number
  readonly pinnedUpdateId: string | null
  readonly updatedAt: string
  readonly settings: StorySettings
}

export type StoredUpdate = { readonly kind: 'published'; readonly update: Update } | { readonly kind: 'draft'; readonly draft: Draft }

export type StoryFields = Omit<StoryRow, 'status'> & { status: StoryStatus }

export function storedStory(row: StoryFields): StoredStory {
  return {
    story: {
      id: row.id,
      slug: row.slug,
      headline: row.headline,
      standfirst: row.standfirst,
      status: row.status,
      language: row.language,
      timeZone: row.timeZone,
      openedAt: row.createdAt.toISOString(),
      cover: cover.parse(row.cover),
      closedAt: row.closedAt?.toISOString() ?? null,
      closingSummary: row.closingSummary,
      archived: row.archived,
    },
    head: row.head,
    epoch: row.epoch,
    chain: row.chain,
    linkedTo: row.linkedTo,
    publicFrom: row.publicFrom,
    pinnedUpdateId: row.pinnedUpdateId,
    updatedAt: row.updatedAt.toISOString(),
    settings: storySettings.parse({ template: row.template, autoCloseDays: row.autoCloseDays }),
  }
}

/** The public state of an update; null for one that was never published. A withdrawn one has lost its title and body. */
export function publicUpdate(row: UpdateRow): Update | null {
  if (row.seq === null || row.publishedAt === null) return null
  return {
    id: row.id,
    seq: row.seq,
    version: row.version,
    title: row.withdrawnAt ? null : row.title,
    body: row.withdrawnAt ? emptyBody : storedBody.parse(row.body),
    language: row.language,
    key: row.key,
    breaking: row.breaking,
    tags: row.withdrawnAt ? [] : tags.parse(row.tags),
    author: row.authorName,
    publishedAt: row.publishedAt.toISOString(),
    occurredAt: row.occurredAt?.toISOString() ?? null,
    editedAt: row.editedAt?.toISOString() ?? null,
    corrections: correction.array().parse(row.corrections),
    withdrawal: row.withdrawnAt ? { at: row.withdrawnAt.toISOString(), notice: row.withdrawalNotice ?? '' } : null,
  }
}

/** A draft whose time has come, whose it is, and who has set that time. */
export type DueDraft = { readonly slug: string; readonly updateId: string } & Pick<Draft, 'authorId' | 'scheduledBy'>

export function storedUpdate(row: UpdateRow): StoredUpdate {
  const update = publicUpdate(row)
  return update ? { kind: 'published', update } : { kind: 'draft', draft: draftOf(row) }
}

export function draftOf(row: UpdateRow): Draft {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    body: storedBody.parse(row.body),
    language: row.language,
    key: row.key,
    breaking: row.breaking,
    tags: tags.parse(row.tags),
    claims: claims.parse(row.claims),
    pinned: row.pinned,
    author: row.authorName,
    authorId: row.authorId,
    occurredAt: row.occurredAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    sentBack: sentBack.nullable().parse(row.sentBack),
    publishAt: row.publishAt?.toISOString() ?? null,
    scheduledBy: row.scheduledBy,
  }
}

/** A withdrawn update with what it said before, which the newsroom keeps; null for one that stands. */
export function withdrawnUpdate(row: UpdateRow): WithdrawnUpdate | null {
  const update = publicUpdate(row)
  return update?.withdrawal ? { update, said: { title: row.title, body: storedBody.parse(row.body) } } : null
}

/** A claim or a question is kept as readers see it. */
export function storedClaim({ state }: { state: unknown }): Claim {
  return claim.parse(state)
}

export function storedQuestion({ state }: { state: unknown }): Question {
  return question.parse(state)
}

export function storyEvent(row: Pick<EventRow, 'seq' | 'at' | 'type' | 'payload'>): StoryEvent {
  const payload = typeof row.payload === 'object' && row.payload !== null ? row.payload : {}
  const numbered = { seq: row.seq, at: row.at.toISOString() }
  if ('erased' in payload) return { ...numbered, type: 'erased', was: row.type }
  return event.parse({ ...payload, ...numbered, type: row.type })
}

export type RevisionRow = Pick<EventRow, 'seq' | 'at' | 'type' | 'payload' | 'actorId'>

/** One version of an update, by the event that made it; `by` is the name of whoever did. */
export function revisionOf(row: RevisionRow, by: string | null): Revision {
  const made = storyEvent(row)
  return revision.parse({ seq: made.seq, at: made.at, by, kind: made.type.replace('update.', ''), update: 'update' in made ? made.update : null })
}
