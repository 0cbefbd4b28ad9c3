import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { emptyBody } from '#lib/story/body.ts'
import type { Update } from '#lib/story/update.ts'
import { type Done, done, type Newsroom, type Refusal, type WrittenUpdate, written } from './newsroom.ts'

/** Takes an update down: readers see the notice in its place, on pages that are open as well. It can't be undone. */
export async function withdrawUpdate(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  updateId: string,
  notice: string,
): Promise<Done<WrittenUpdate> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'withdraw an update', slug)
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, async (log): Promise<Done<WrittenUpdate> | Refusal> => {
    const stored = await log.update(updateId)
    if (stored === null) return { kind: 'no-such-update' }
    if (stored.kind === 'draft') return { kind: 'update-not-published' }
    if (stored.update.withdrawal) return { kind: 'update-withdrawn' }
    const at = log.at(now())
    const withdrawn: Update = {
      ...stored.update,
      version: stored.update.version + 1,
      title: null,
      body: emptyBody,
      tags: [],
      withdrawal: { at: at.toISOString(), notice },
    }
    await log.append({ type: 'update.withdrawn', update: withdrawn }, { at, author: permission.person })
    return done(written(withdrawn))
  })
  return result ?? { kind: 'no-such-story' }
}
