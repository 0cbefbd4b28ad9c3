import { v7 as uuidv7 } from 'uuid'
import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { Note } from '#lib/story/note.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'
import { once } from './once.ts'

/** Adds to what the newsroom says to itself about the story. With a key it is written once, however often it is sent. */
export async function writeNote(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  text: string,
  idempotencyKey: string | null,
): Promise<Done<Note> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'write a note', slug)
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const only = idempotencyKey === null ? null : { key: idempotencyKey, request: { note: text, author: person.id } }
  const result = await store.writeStory(slug, (log) => {
    const at = now()
    return once(log, at, only, async (): Promise<Done<Note> | Refusal> => {
      const note = { id: uuidv7(), author: person.name, authorId: person.id, at: at.toISOString(), text }
      await log.addNote(note)
      return done(note)
    })
  })
  return result ?? { kind: 'no-such-story' }
}
