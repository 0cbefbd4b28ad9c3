import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { Draft } from '#lib/story/draft.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, writtenDraft } from './newsroom.ts'

/** Gives a draft that was submitted back to its author, with a note on what is to be done. A time at which it would be published is taken off. */
export async function sendDraftBack(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  note: string,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'send a draft back', slug)
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'published') return { kind: 'update-not-a-draft' }
    const { draft } = stored
    if (draft.submittedAt === null) return { kind: 'draft-not-submitted' }
    const at = now()
    const sentBack = { at: at.toISOString(), by: permission.person.name, note }
    const returned: Draft = { ...draft, version: draft.version + 1, submittedAt: null, sentBack, publishAt: null, scheduledBy: null }
    await log.saveDraft(returned)
    await log.note(draftNote('draft-sent-back', returned, permission.person, at))
    return done(writtenDraft(returned))
  })
  return result ?? { kind: 'no-such-story' }
}
