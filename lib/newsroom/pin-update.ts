import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written } from './newsroom.ts'

/** Keeps an update on top of the story, in place of the one that was, or lets it go. What is already so stays, without an event. */
export async function pinUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  pinned: boolean,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = permit(caller, 'pin an update')
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'draft') return { kind: 'update-not-published' }
    const { update } = stored
    if (update.withdrawal) return { kind: 'update-withdrawn' }
    if ((log.now.pinnedUpdateId === updateId) !== pinned) {
      await log.append({ type: pinned ? 'update.pinned' : 'update.unpinned', update }, { at: now(), author: permission.person })
    }
    return done(written(update))
  })
  return result ?? { kind: 'no-such-story' }
}
