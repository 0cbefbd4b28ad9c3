import { validate as isUuid } from 'uuid'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { KeptUnsent, UnsentChange } from '#lib/story/unsent.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/**
 * Keeps what the caller is typing in one of their browsers, so that no browser is needed to have it. It writes no
 * event and no entry in the audit log: nothing has been said yet. A transaction of two or three queries, after two at the most.
 */
export async function keepUnsent(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  device: string,
  change: UnsentChange,
): Promise<Done<KeptUnsent> | Refusal> {
  const allowed = await allowedIn(store, caller, slug, change.personId)
  if (allowed.kind !== 'allowed') return allowed
  if (!isUuid(device)) return { kind: 'invalid', issues: [{ path: 'device', message: 'must be a UUID' }] }
  const at = now()
  const movedTo = await store.unsent.keep(allowed.storyId, change.personId, device, change, at)
  return done({ savedAt: at.toISOString(), movedTo })
}

/** Throws away what is kept of one of the caller's browsers, if anything is. */
export async function dropUnsent({ store }: Newsroom, caller: Caller, slug: string, device: string, personId: string): Promise<Done<null> | Refusal> {
  const allowed = await allowedIn(store, caller, slug, personId)
  if (allowed.kind !== 'allowed') return allowed
  await store.unsent.drop(allowed.storyId, personId, device)
  return done(null)
}

const keptForMs = 30 * 24 * 60 * 60_000

/** Removes what nobody has come back to. */
export function forgetUnsent({ store, now }: Newsroom): Promise<void> {
  return store.unsent.forget(new Date(now().getTime() - keptForMs))
}

/** What one person has typed isn't filed under the name of another who has signed in on the same machine since. */
async function allowedIn(
  store: Newsroom['store'],
  caller: Caller,
  slug: string,
  personId: string,
): Promise<{ kind: 'allowed'; storyId: string } | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'submit a draft', slug)
  if (permission.kind !== 'permitted') return permission
  if (permission.person.id !== personId) return { kind: 'sign-in-needed' }
  const stored = await store.story(slug)
  return stored ? { kind: 'allowed', storyId: stored.story.id } : { kind: 'no-such-story' }
}
