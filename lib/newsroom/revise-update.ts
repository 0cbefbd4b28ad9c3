import { may } from '#lib/accounts/permissions.ts'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import { isPublic } from '#lib/story/as-of.ts'
import type { Body } from '#lib/story/body.ts'
import type { ContentChanges, Update } from '#lib/story/update.ts'
import { appendClaimsOf } from './make-claim.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written } from './newsroom.ts'
import { readBody } from './read-body.ts'
import { type Revision, reviseDraft } from './revise-draft.ts'

/**
 * Changes what an update or a draft says, if it is still the `expected` version; a contributor only their own drafts. With
 * `correction` readers are told what was wrong; without, the revision only stays in the history. `status` moves a draft on its
 * way: back to being written, to the editors, to readers. Changes that change nothing write nothing. In a story that is still a draft a
 * correction is an ordinary revision: nobody has read what was wrong, and the note would tell readers of it later.
 */
export async function reviseUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  expected: number,
  changes: ContentChanges,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'submit a draft', slug)
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const read = changes.body === undefined ? null : await readBody(store.pictures, changes.body)
  if (read?.kind === 'invalid') return read
  const body = read?.body

  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    const isOwnDraft = stored.kind === 'draft' && stored.draft.authorId === person.id
    if (!isOwnDraft && !may(person, 'revise an update')) return { kind: 'forbidden', action: 'revise an update', role: person.role }
    if (stored.kind === 'published' && stored.update.withdrawal) return { kind: 'update-withdrawn' }
    const current = stored.kind === 'draft' ? stored.draft : stored.update
    if (current.version !== expected) return { kind: 'stale', current }
    if (changes.author !== undefined && changes.author !== current.author && !may(person, 'choose a byline')) {
      return { kind: 'forbidden', action: 'choose a byline', role: person.role }
    }
    const { correction: _, ...uncorrected } = changes
    const revision = { changes: isPublic(log.now.story.status) ? changes : uncorrected, person, at: log.at(now()) }
    return stored.kind === 'draft'
      ? reviseDraft(log, stored.draft, changedContent(stored.draft, changes, body), revision)
      : revisePublished(log, stored.update, changedContent(stored.update, changes, body), revision)
  })
  return result ?? { kind: 'no-such-story' }
}

async function revisePublished(
  log: StoryLog,
  update: Update,
  content: Update,
  { changes, person, at }: Revision,
): Promise<Done<WrittenUpdate> | Refusal> {
  if (changes.pinned !== undefined || changes.publishAt || changes.status === 'draft' || changes.status === 'submitted')
    return { kind: 'update-not-a-draft' }
  const { claims = [] } = changes
  if (JSON.stringify(content) === JSON.stringify(update)) {
    if (changes.correction) return { kind: 'invalid', issues: [{ path: 'correction', message: 'goes with a change of what the update says' }] }
    await appendClaimsOf(update.id, claims, log, { at, author: person })
    return done(written(update))
  }
  const version = update.version + 1
  const time = at.toISOString()
  const corrections = changes.correction ? [...update.corrections, { at: time, version, note: changes.correction.note }] : update.corrections
  const revised: Update = { ...content, version, editedAt: time, corrections }
  await log.append({ type: changes.correction ? 'update.corrected' : 'update.revised', update: revised }, { at, author: person })
  await appendClaimsOf(update.id, claims, log, { at, author: person })
  return done(written(revised))
}

type Content = Pick<Update, 'title' | 'body' | 'language' | 'key' | 'breaking' | 'tags' | 'author' | 'occurredAt'>

/** What of the changes both a draft and an update have, in their place among its fields. */
function changedContent<Entry extends Content>(before: Entry, changes: ContentChanges, body: Body | undefined): Entry {
  const breaking = changes.breaking ?? before.breaking
  return {
    ...before,
    title: changes.title === undefined ? before.title : changes.title,
    body: body ?? before.body,
    language: changes.language === undefined ? before.language : changes.language,
    key: breaking || (changes.key ?? before.key),
    breaking,
    tags: changes.tags ?? before.tags,
    author: changes.author ?? before.author,
    occurredAt: changes.occurredAt === undefined ? before.occurredAt : changes.occurredAt,
  }
}
