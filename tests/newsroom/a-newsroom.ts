import { expect } from 'vitest'
import type { Caller, Person, Role } from '#lib/accounts/person.ts'
import type { Store } from '#lib/db/store.ts'
import type { Done, Newsroom, Refusal, WrittenUpdate } from '#lib/newsroom/newsroom.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { newStory } from '#lib/story/story.ts'
import { newUpdate } from '#lib/story/update.ts'

export function person(role: Role): Person {
  return { id: `the-${role}`, name: `The ${role}`, email: `${role}@example.org`, role }
}

export function caller(role: Role, origin: Caller['origin'] = 'own'): Caller {
  // Signed in just now, whatever the clock of the test says.
  return { person: person(role), origin, signedInAt: new Date(8.64e15) }
}

export const theEditor = person('editor')
export const nobody: Caller = { person: null, origin: 'own' }
export const editor = caller('editor')

/** A newsroom whose clock goes on by a second each time that it is looked at. */
export function tickingNewsroom(store: Store, from: string): Newsroom {
  let clock = Date.parse(from)
  return {
    store,
    now: () => {
      clock += 1000
      return new Date(clock)
    },
  }
}

let stories = 0

/** The address of a new story, open and empty. */
export async function openedStory(newsroom: Newsroom, fields: Record<string, unknown> = {}): Promise<string> {
  stories += 1
  const slug = `story-${process.pid}-${stories}`
  answerOf(await openStory(newsroom, editor, newStory.parse({ headline: 'A bridge is closed', slug, ...fields }), null))
  return slug
}

export async function publish(newsroom: Newsroom, slug: string, body: string, fields: Record<string, unknown> = {}): Promise<WrittenUpdate> {
  return answerOf(await publishUpdate(newsroom, editor, slug, newUpdate.parse({ body, ...fields }), null))
}

export function answerOf<Answer>(result: Done<Answer> | Refusal): Answer {
  expect(result).toMatchObject({ kind: 'done' })
  if (result.kind !== 'done') throw new Error(`refused: ${result.kind}`)
  return result.answer
}

/** All events of a story, from the first. */
export async function logOf(store: Store, slug: string) {
  const stored = await store.story(slug)
  return stored ? store.eventsAfter(stored.story.id, 0, 10_000) : []
}
