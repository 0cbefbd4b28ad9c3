import { may } from '#lib/accounts/permissions.ts'
import { personInStory } from '#lib/accounts/permit-in-story.ts'
import { role } from '#lib/accounts/person.ts'
import type { DueDraft } from '#lib/db/rows.ts'
import type { Draft } from '#lib/story/draft.ts'
import { draftNote } from './draft-note.ts'
import type { Newsroom } from './newsroom.ts'
import { publishDraft } from './publish-draft.ts'

/**
 * Publishes each draft whose time has come, under its author's name, and answers how many. Safe to run in several processes
 * at once: the story's lock lets one in, and the next finds no draft. In a closed story the draft stays, without its time; so it does
 * if whoever has set the time may not publish any more, and then it says so. One query when nothing is due, two or three more for each
 * that is. Throws at the end if any failed; those are tried again the next time.
 */
export async function publishDueDrafts(newsroom: Newsroom): Promise<number> {
  let published = 0
  const failed: unknown[] = []
  for (const due of await newsroom.store.dueDrafts(newsroom.now())) {
    // One that fails keeps none of the others from readers.
    await publishIfDue(newsroom, due).then(
      (isPublished) => {
        if (isPublished) published += 1
      },
      (error: unknown) => failed.push(error),
    )
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} due drafts could not be published`)
  return published
}

async function publishIfDue(newsroom: Newsroom, due: DueDraft): Promise<boolean> {
  const { store, now } = newsroom
  // Asked before the story is locked, for which the embedded database has no second connection.
  const { isAllowed, name } = await whoScheduled(newsroom, due)
  const isPublished = await store.writeStory(due.slug, async (log) => {
    const stored = await log.update(due.updateId)
    const at = log.at(now())
    if (stored?.kind !== 'draft' || stored.draft.publishAt === null || stored.draft.publishAt > at.toISOString()) return false
    const { draft } = stored
    // Another has set another time meanwhile: the next look asks about them.
    if (draft.scheduledBy !== due.scheduledBy) return false
    if (log.now.story.status === 'closed') {
      await log.saveDraft({ ...draft, publishAt: null, scheduledBy: null })
      return false
    }
    if (!isAllowed) {
      const returned = withoutItsTime(draft, name, at)
      await log.saveDraft(returned)
      await log.note(draftNote('draft-sent-back', returned, byItself, at))
      return false
    }
    await publishDraft(log, draft, { at, author: { id: draft.authorId, name: draft.author } })
    return true
  })
  return isPublished ?? false
}

/** Who the desk is told has done what is done without anybody. */
const byItself = { id: null, name: 'Staytuned' }

/** Whether whoever has set the time may publish in that story; where that wasn't kept, whether its author is still with the newsroom. */
async function whoScheduled({ store }: Newsroom, { slug, authorId, scheduledBy }: DueDraft): Promise<{ isAllowed: boolean; name: string }> {
  const person = await store.people.person(scheduledBy ?? authorId)
  if (person === null || person.deactivatedAt !== null) return { isAllowed: false, name: person?.name ?? 'Whoever scheduled this' }
  if (scheduledBy === null) return { isAllowed: true, name: person.name }
  const inStory = await personInStory(store.storyPeople, { ...person, role: role.parse(person.role) }, slug)
  return { isAllowed: may(inStory, 'publish an update'), name: person.name }
}

function withoutItsTime(draft: Draft, name: string, at: Date): Draft {
  const note = `${name} may not publish any more, so this did not go out by itself. Any editor can publish it, or set another time.`
  const sentBack = { at: at.toISOString(), by: byItself.name, note }
  return { ...draft, version: draft.version + 1, submittedAt: null, sentBack, publishAt: null, scheduledBy: null }
}
