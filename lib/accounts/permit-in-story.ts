import type { StoryPeople } from '#lib/db/story-people.ts'
import { type Action, may, type Permission, permit } from './permissions.ts'
import type { Caller, Person, Role } from './person.ts'

/** From what may least to what may most. */
const ranks: readonly Role[] = ['guest', 'contributor', 'editor', 'admin']

/**
 * As `permit`, with the role that the caller has in that story, where it is more than the one they have everywhere; the person
 * that is answered has it. One query, none for editors and admins.
 */
export async function permitInStory(people: StoryPeople, caller: Caller, action: Action, slug: string): Promise<Permission> {
  const permission = permit(caller, action)
  if (caller.person === null || permission.kind === 'sign-in-needed' || permission.kind === 'foreign-origin') return permission
  return permit({ ...caller, person: await personInStory(people, caller.person, slug) }, action)
}

/**
 * As `permit`, for what belongs to no single story: a guest may do it who may do it in some story. One query for those who may do less
 * everywhere, none for others.
 */
export async function permitInSomeStory(people: StoryPeople, caller: Caller, action: Action): Promise<Permission> {
  const permission = permit(caller, action)
  if (permission.kind !== 'forbidden' || caller.person === null) return permission
  // The least that anybody can be given in a story.
  const isGivenRole = (await people.storiesOf(caller.person.id)).length > 0
  return isGivenRole ? permit({ ...caller, person: { ...caller.person, role: 'contributor' } }, action) : permission
}

/** Somebody with the role that they have in that story. One query; none for those who may do everything there already. */
export async function personInStory(people: StoryPeople, person: Person, slug: string): Promise<Person> {
  if (may(person, 'choose who writes in a story')) return person
  const role = await people.roleIn(slug, person.id)
  return role !== null && ranks.indexOf(role) > ranks.indexOf(person.role) ? { ...person, role } : person
}
