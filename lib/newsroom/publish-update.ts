import { v7 as uuidv7 } from 'uuid'
import { type Action, may } from '#lib/accounts/permissions.ts'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller, Person } from '#lib/accounts/person.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { NewUpdate } from '#lib/story/update.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written, writtenDraft } from './newsroom.ts'
import { once } from './once.ts'
import { publishDraft } from './publish-draft.ts'
import { readBody } from './read-body.ts'

/**
 * Writes a new update to the story: published at once, or a few seconds later so that it can still be called back; kept as a
 * draft, or submitted to the editors. Once this answers it is durable. With a key it is written once, however often it is sent.
 * One transaction of six queries, eight with a key, four more for each claim; before it one more if the body has pictures of our own, and one for
 * somebody who writes in this story only.
 */
export async function publishUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  input: NewUpdate,
  idempotencyKey: string | null,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, whatItTakes(input), slug)
  if (permission.kind !== 'permitted') return permission
  const { person: author } = permission
  if (input.author !== undefined && input.author !== author.name && !may(author, 'choose a byline')) {
    return { kind: 'forbidden', action: 'choose a byline', role: author.role }
  }
  const read = await readBody(store.pictures, input.body)
  if (read.kind === 'invalid') return read

  const only = idempotencyKey === null ? null : { key: idempotencyKey, request: { author: author.id, ...input } }
  const result = await store.writeStory(slug, (log) => {
    // Under the lock, so that times never run against the numbers.
    const at = log.at(now())
    return once(log, at, only, async (): Promise<Done<WrittenUpdate> | Refusal> => {
      if (log.now.story.status === 'closed') return { kind: 'story-closed' }
      const draft = newDraft(input, read.body, author, at)
      if (input.status !== 'published' || input.hold > 0) {
        await log.saveDraft(draft)
        // What only waits to be called back is told of by the event that it becomes.
        if (input.status !== 'published')
          await log.note(draftNote(input.status === 'submitted' ? 'draft-submitted' : 'draft-saved', draft, author, at))
        return done(writtenDraft(draft))
      }
      return done(written(await publishDraft(log, draft, { at, author, idempotencyKey: idempotencyKey ?? undefined })))
    })
  })
  return result ?? { kind: 'no-such-story' }
}

/** A draft that is published when its time comes is no less published for it. */
function whatItTakes({ status, publishAt }: NewUpdate): Action {
  return status === 'published' || publishAt !== null ? 'publish an update' : 'submit a draft'
}

function newDraft(
  { title, language, key, breaking, tags, claims, occurredAt, hold, ...input }: NewUpdate,
  body: Draft['body'],
  person: Person,
  at: Date,
): Draft {
  const createdAt = at.toISOString()
  const publishAt = hold > 0 ? new Date(at.getTime() + hold * 1000).toISOString() : input.publishAt
  return {
    id: uuidv7(),
    version: 1,
    title,
    body,
    language,
    key: key || breaking,
    breaking,
    tags,
    claims,
    pinned: input.pinned,
    author: input.author ?? person.name,
    authorId: person.id,
    occurredAt,
    createdAt,
    submittedAt: input.status === 'submitted' ? createdAt : null,
    sentBack: null,
    publishAt,
    scheduledBy: publishAt === null ? null : person.id,
  }
}
