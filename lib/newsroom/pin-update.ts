import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written, writtenDraft } from './newsroom.ts'

/**
 * Keeps an update on top of the story, in place of the one that was, or lets it go. What is already so stays, without an event.
 * Of a draft it is only noted, for when it is published.
 */
export async function pinUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  pinned: boolean,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'pin an update', slug)
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'draft') {
      const draft = { ...stored.draft, pinned }
      await log.saveDraft(draft)
      return done(writtenDraft(draft))
    }
    const { update } = stored
    if (update.withdrawal) return { kind: 'update-withdrawn' }
    if ((log.now.pinnedUpdateId === updateId) !== pinned) {
      await log.append({ type: pinned ? 'update.pinned' : 'update.unpinned', update }, { at: log.at(now()), author: permission.person })
    }
    return done(written(update))
  })
  return result ?? { kind: 'no-such-story' }
}
