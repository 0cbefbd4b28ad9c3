import { permit } from '#lib/accounts/permissions.ts'
import type { Caller, Person } from '#lib/accounts/person.ts'
import type { Erased } from '#lib/db/erase-history.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { NewErasure } from '#lib/story/erasure.ts'
import { textsOf } from '#lib/story/traces.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/** What was erased of which story, for those who look whether it is gone. It holds the words: nothing of it may be kept or answered. */
export type ErasedHistory = Erased & {
  readonly storyId: string
  readonly slug: string
  readonly by: Person
  /** The number of the event that says so. */
  readonly seq: number
  /** The ids of the updates. */
  readonly updates: readonly string[]
  /** What it said, as text. */
  readonly words: readonly string[]
}

/**
 * Erases updates, claims and questions from a story's history, for good: what every event about them said, what is beside the log, and
 * the pictures that nothing else shows. The epoch rises, so that every open page reads the story anew. What refers to them from then
 * on refers to them no more. What pages, processes and files still hold is for {@link proveErasure}.
 */
export async function eraseHistory(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  { reason, confirm, ...what }: NewErasure,
): Promise<Done<ErasedHistory> | Refusal> {
  const permission = permit(caller, 'erase history')
  if (permission.kind !== 'permitted') return permission
  if (confirm !== slug) return { kind: 'invalid', issues: [{ path: 'confirm', message: `must be the story's address: ${slug}` }] }
  const result = await store.writeStory(slug, async (log): Promise<Done<ErasedHistory> | Refusal> => {
    const signed = { at: log.at(now()), author: permission.person }
    const erased = await log.erase(what, signed)
    if (erased === null) return { kind: 'nothing-to-erase' }
    await unlink(log, what.updates, signed)
    const { id, headline } = log.now.story
    const subject = { type: 'story' as const, id, label: headline }
    await log.note({ at: signed.at, actor: permission.person, action: 'erasure-ordered', subject, detail: { seq: erased.seq, reason } })
    return done({
      ...erased,
      storyId: id,
      slug,
      by: permission.person,
      updates: what.updates,
      words: textsOf(erased.events.map(({ payload }) => payload)),
    })
  })
  return result ?? { kind: 'no-such-story' }
}

/** Takes links to updates that are gone off the claims and questions that stay. */
async function unlink(log: StoryLog, gone: readonly string[], signed: { readonly at: Date; readonly author: Person }): Promise<void> {
  const without = <Linked extends { updates: string[] }>(each: Linked): Linked => ({
    ...each,
    updates: each.updates.filter((id) => !gone.includes(id)),
  })
  for (const claim of await log.claims()) {
    const unlinked = { ...without(claim), assessments: claim.assessments.map(without) }
    if (isSame(claim, unlinked)) continue
    await log.append({ type: 'claim.revised', claim: { ...unlinked, version: claim.version + 1 } }, signed)
  }
  for (const question of await log.questions()) {
    const unlinked = { ...without(question), answers: question.answers.map(without) }
    if (isSame(question, unlinked)) continue
    await log.append({ type: 'question.revised', question: { ...unlinked, version: question.version + 1 } }, signed)
  }
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
