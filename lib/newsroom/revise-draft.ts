import { may } from '#lib/accounts/permissions.ts'
import type { Person } from '#lib/accounts/person.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { ContentChanges } from '#lib/story/update.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Refusal, type WrittenUpdate, written, writtenDraft } from './newsroom.ts'
import { publishDraft } from './publish-draft.ts'

/** What is changed, by whom and when. */
export type Revision = { readonly changes: ContentChanges; readonly person: Person; readonly at: Date }

/** Keeps a draft with its new content and in its new place on the way to readers; `status: published` takes it there. */
export async function reviseDraft(
  log: StoryLog,
  draft: Draft,
  content: Draft,
  { changes, person, at }: Revision,
): Promise<Done<WrittenUpdate> | Refusal> {
  if (changes.correction) return { kind: 'update-not-published' }
  const publishes = may(person, 'publish an update')
  if (!publishes) {
    if (changes.status === 'published' || changes.publishAt) return { kind: 'forbidden', action: 'publish an update', role: person.role }
    // Otherwise readers would get words that no editor has seen.
    if (draft.publishAt !== null) return { kind: 'draft-is-scheduled', publishAt: draft.publishAt }
  }
  const publishAt = changes.publishAt === undefined ? draft.publishAt : changes.publishAt
  const next = {
    ...content,
    ...standing(draft, changes.status, at),
    publishAt,
    scheduledBy: schedulerOf(draft, publishAt, person),
    pinned: changes.pinned ?? draft.pinned,
    claims: changes.claims ?? draft.claims,
  }
  const revised: Draft = { ...next, version: draft.version + 1 }
  if (changes.status === 'published') {
    if (log.now.story.status === 'closed') return { kind: 'story-closed' }
    return done(written(await publishDraft(log, revised, { at, author: person })))
  }
  if (JSON.stringify(next) === JSON.stringify(draft)) return done(writtenDraft(draft))
  await log.saveDraft(revised)
  await log.note(draftNote(whatWasDone(draft, revised), revised, person, at))
  return done(writtenDraft(revised))
}

/** Whoever sets another time answers for it from then on. */
function schedulerOf(draft: Draft, publishAt: string | null, person: Person): string | null {
  if (publishAt === null) return null
  return publishAt === draft.publishAt ? draft.scheduledBy : person.id
}

function whatWasDone(before: Draft, after: Draft) {
  if (before.submittedAt === null && after.submittedAt !== null) return 'draft-submitted'
  return before.submittedAt !== null && after.submittedAt === null ? 'draft-taken-back' : 'draft-saved'
}

/** Submitting again what was sent back answers the note; what is submitted already stays where it is in the queue. */
function standing(draft: Draft, status: ContentChanges['status'], at: Date): Pick<Draft, 'submittedAt' | 'sentBack'> {
  if (status === 'submitted') return { submittedAt: draft.submittedAt ?? at.toISOString(), sentBack: null }
  return { submittedAt: status === 'draft' ? null : draft.submittedAt, sentBack: draft.sentBack }
}
