import { may } from '#lib/accounts/permissions.ts'
import type { Person } from '#lib/accounts/person.ts'
import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import type { DeskState, Powers, StoryPerson } from '#lib/story/desk.ts'
import { readAudience, readReached } from './read-reached.ts'
import { viewOf } from './read-view.ts'

const mostWithdrawn = 100
const mostNotes = 200

/**
 * What the desk of a story shows to a person, who has the role here that they have in this story; a draft story's too. Null if
 * there's no such story. Thirteen or fourteen queries.
 */
export async function readDesk(store: Store, slug: string, person: Person, now = new Date()): Promise<DeskState | null> {
  const stored = await store.story(slug)
  if (!stored) return null
  const { id } = stored.story
  const [{ view, reached }, drafts, withdrawn, notes, latestOwn, audience] = await Promise.all([
    readReachedView(store, stored),
    store.drafts(id, may(person, 'revise an update') ? undefined : person.id),
    store.withdrawn(id, mostWithdrawn),
    store.notes(id, mostNotes),
    store.latestOf(id, person.id),
    readAudience(store, id, now),
  ])
  return {
    view,
    settings: stored.settings,
    drafts,
    withdrawn,
    notes: notes.reverse(),
    latestOwn,
    reached,
    audience,
    person: { id: person.id, name: person.name },
    can: powersOf(person),
  }
}

async function readReachedView(store: Store, stored: StoredStory) {
  const view = await viewOf(store, stored)
  const seqs = view.updates.map(({ seq }) => seq)
  return { view, reached: await readReached(store, stored.story.id, seqs) }
}

function powersOf(person: Person): Powers {
  return {
    revisesStory: may(person, 'revise a story'),
    publishes: may(person, 'publish an update'),
    revises: may(person, 'revise an update'),
    pins: may(person, 'pin an update'),
    withdraws: may(person, 'withdraw an update'),
    keepsClaims: may(person, 'keep claims and questions'),
    choosesPeople: may(person, 'choose who writes in a story'),
    exports: may(person, 'export a story'),
    erases: may(person, 'erase history'),
  }
}

/** Everybody, with what they may do in the story; null if there's no such story. Two queries. */
export async function readStoryPeople(store: Store, slug: string): Promise<StoryPerson[] | null> {
  const stored = await store.story(slug)
  return stored && store.storyPeople.list(stored.story.id)
}
