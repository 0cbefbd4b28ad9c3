import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { draftNote } from './draft-note.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/** Throws a draft away for good. What was published can only be withdrawn. */
export async function discardDraft({ store, now }: Newsroom, caller: Caller, slug: string, updateId: string): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'revise an update')
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<null> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'published') return { kind: 'update-not-a-draft' }
    await log.discardDraft(updateId)
    await log.note(draftNote('draft-discarded', stored.draft, permission.person, now()))
    return done(null)
  })
  return result ?? { kind: 'no-such-story' }
}
