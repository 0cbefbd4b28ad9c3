import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { StoryRole } from '#lib/story/desk.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/** Gives somebody a role in a story beyond the one they have in all, or takes it away again. One transaction of four queries, after one. */
export async function choosePerson(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  personId: string,
  role: StoryRole | null,
): Promise<Done<null> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'choose who writes in a story', slug)
  if (permission.kind !== 'permitted') return permission
  const stored = await store.story(slug)
  if (!stored) return { kind: 'no-such-story' }
  const isGiven = await store.storyPeople.give(stored.story.id, personId, role, { at: now(), actor: permission.person })
  return isGiven ? done(null) : { kind: 'no-such-person' }
}
