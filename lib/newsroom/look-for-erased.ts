import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { tracesOf } from '#lib/story/traces.ts'
import type { ErasedHistory } from './erase-history.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/** What {@link proveErasure} needs to look once more for words that were erased from a story. They are kept nowhere, so somebody has to say them. */
export async function lookForErased({ store }: Newsroom, caller: Caller, slug: string, words: string): Promise<Done<ErasedHistory> | Refusal> {
  const permission = permit(caller, 'erase history')
  if (permission.kind !== 'permitted') return permission
  if (tracesOf([words]).length === 0)
    return { kind: 'invalid', issues: [{ path: 'words', message: 'must have more letters, to be told from other words' }] }
  const stored = await store.story(slug)
  if (!stored) return { kind: 'no-such-story' }
  const erased = await store.erasures.moments(stored.story.id)
  const events = erased.map((event) => ({ ...event, payload: null }))
  const seq = erased.at(-1)?.by ?? stored.head
  const pictures = { gone: [], kept: [] }
  return done({ storyId: stored.story.id, slug, by: permission.person, seq, updates: [], pictures, events, words: [words] })
}
