import { may, permit } from '#lib/accounts/permissions.ts'
import type { Caller, Person } from '#lib/accounts/person.ts'
import type { Draft, StoredUpdate } from '#lib/db/rows.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { Body } from '#lib/story/body.ts'
import type { ContentChanges, Update } from '#lib/story/update.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written, writtenDraft } from './newsroom.ts'
import { publishDraft } from './publish-draft.ts'
import { readBody } from './read-body.ts'

/**
 * Changes what an update or a draft says, if it is still the `expected` version. With `correction` readers are told what was
 * wrong; without, the revision only stays in the history. `status: published` publishes a draft. Changes that change
 * nothing write nothing.
 */
export async function reviseUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  expected: number,
  changes: ContentChanges,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = permit(caller, 'revise an update')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const read = changes.body === undefined ? null : await readBody(store.pictures, changes.body)
  if (read?.kind === 'invalid') return read
  const body = read?.body

  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'published' && stored.update.withdrawal) return { kind: 'update-withdrawn' }
    const current = stored.kind === 'draft' ? stored.draft : stored.update
    if (current.version !== expected) return { kind: 'stale', current }
    return stored.kind === 'draft'
      ? reviseDraft(log, stored, changes, body, person, now())
      : revisePublished(log, stored.update, changes, body, person, now())
  })
  return result ?? { kind: 'no-such-story' }
}

async function revisePublished(
  log: StoryLog,
  update: Update,
  changes: ContentChanges,
  body: Body | undefined,
  person: Person,
  at: Date,
): Promise<Done<WrittenUpdate> | Refusal> {
  if (changes.publishAt) return { kind: 'update-not-a-draft' }
  const content = { ...update, ...changedContent(update, changes, body) }
  if (JSON.stringify(content) === JSON.stringify(update)) {
    if (changes.correction) return { kind: 'invalid', issues: [{ path: 'correction', message: 'goes with a change of what the update says' }] }
    return done(written(update))
  }
  const version = update.version + 1
  const time = at.toISOString()
  const corrections = changes.correction ? [...update.corrections, { at: time, version, note: changes.correction.note }] : update.corrections
  const revised: Update = { ...content, version, editedAt: time, corrections }
  await log.append({ type: changes.correction ? 'update.corrected' : 'update.revised', update: revised }, { at, author: person })
  return done(written(revised))
}

async function reviseDraft(
  log: StoryLog,
  { draft, authorId }: Extract<StoredUpdate, { kind: 'draft' }>,
  changes: ContentChanges,
  body: Body | undefined,
  person: Person,
  at: Date,
): Promise<Done<WrittenUpdate> | Refusal> {
  if (changes.correction) return { kind: 'update-not-published' }
  const publishAt = changes.publishAt === undefined ? draft.publishAt : changes.publishAt
  const content = { ...draft, ...changedContent(draft, changes, body), publishAt }
  const revised: Draft = { ...content, version: draft.version + 1 }
  if (changes.status !== 'published') {
    if (JSON.stringify(content) === JSON.stringify(draft)) return done(writtenDraft(draft))
    await log.saveDraft(revised, { id: authorId, name: draft.author })
    await log.note(draftNote('draft-saved', revised, person, at))
    return done(writtenDraft(revised))
  }
  if (!may(person, 'publish an update')) return { kind: 'forbidden', action: 'publish an update', role: person.role }
  if (log.now.story.status === 'closed') return { kind: 'story-closed' }
  return done(written(await publishDraft(log, revised, { at, author: person })))
}

type Content = Pick<Update, 'title' | 'body' | 'language' | 'key' | 'occurredAt'>

function changedContent(before: Content, changes: ContentChanges, body: Body | undefined): Content {
  return {
    title: changes.title === undefined ? before.title : changes.title,
    body: body ?? before.body,
    language: changes.language === undefined ? before.language : changes.language,
    key: changes.key ?? before.key,
    occurredAt: changes.occurredAt === undefined ? before.occurredAt : changes.occurredAt,
  }
}
