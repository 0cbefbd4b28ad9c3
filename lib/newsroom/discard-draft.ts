import { may } from '#lib/accounts/permissions.ts'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/** Throws a draft away for good: one's own, or an editor any. What was published can only be withdrawn. */
export async function discardDraft({ store, now }: Newsroom, caller: Caller, slug: string, updateId: string): Promise<Done<null> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'submit a draft', slug)
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const result = await store.writeStory(slug, async (log): Promise<Done<null> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (!(stored.kind === 'draft' && stored.draft.authorId === person.id) && !may(person, 'revise an update')) {
      return { kind: 'forbidden', action: 'revise an update', role: person.role }
    }
    if (stored.kind === 'published') return { kind: 'update-not-a-draft' }
    if (stored.draft.publishAt !== null && !may(person, 'publish an update')) {
      return { kind: 'draft-is-scheduled', publishAt: stored.draft.publishAt }
    }
    await log.discardDraft(updateId)
    await log.note(draftNote('draft-discarded', stored.draft, permission.person, now()))
    return done(null)
  })
  return result ?? { kind: 'no-such-story' }
}
