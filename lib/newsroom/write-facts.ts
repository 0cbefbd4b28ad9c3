import { permitInStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller, Person } from '#lib/accounts/person.ts'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { Claim } from '#lib/story/claim.ts'
import type { Change } from '#lib/story/event.ts'
import type { Question } from '#lib/story/question.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

// What the commands on claims and on questions have in common.

/** What a write to a claim or a question answers. */
export type WrittenFact = { readonly id: string; readonly seq: number; readonly version: number }

export function writtenFact({ id, seq, version }: Claim | Question): WrittenFact {
  return { id, seq, version }
}

type Signed = { readonly at: Date; readonly author: Person }

/** Runs `work` under the story's lock for somebody who may keep its claims and questions. A closed story keeps them too: much is known only later. */
export async function keepFacts<Answer>(
  { store, now }: Newsroom,
  caller: Caller,
  slug: string,
  work: (log: StoryLog, signed: Signed) => Promise<Done<Answer> | Refusal>,
): Promise<Done<Answer> | Refusal> {
  const permission = await permitInStory(store.storyPeople, caller, 'keep claims and questions', slug)
  if (permission.kind !== 'permitted') return permission
  const result = await store.writeStory(slug, (log) => work(log, { at: log.at(now()), author: permission.person }))
  return result ?? { kind: 'no-such-story' }
}

/** Which claim or question is changed, and the version of it that the change was made to. */
export type FactAt = { readonly slug: string; readonly id: string; readonly expected: number }

/** The fact as it is to be, but for its version; and the event that tells of it. */
type Changed<Fact> = { readonly kind: 'changed'; readonly fact: Fact; readonly event: (fact: Fact) => Change }

type Changing<Fact> = (fact: Fact, log: StoryLog, at: Date) => Promise<Changed<Fact> | Refusal>

export function changeClaim(newsroom: Newsroom, caller: Caller, which: FactAt, work: Changing<Claim>): Promise<Done<WrittenFact> | Refusal> {
  return change(newsroom, caller, which, (log) => log.claim(which.id), { kind: 'no-such-claim' }, work)
}

export function changeQuestion(newsroom: Newsroom, caller: Caller, which: FactAt, work: Changing<Question>): Promise<Done<WrittenFact> | Refusal> {
  return change(newsroom, caller, which, (log) => log.question(which.id), { kind: 'no-such-question' }, work)
}

/** A change that changes nothing writes nothing. */
function change<Fact extends Claim | Question>(
  newsroom: Newsroom,
  caller: Caller,
  { slug, expected }: FactAt,
  find: (log: StoryLog) => Promise<Fact | null>,
  missing: Refusal,
  work: Changing<Fact>,
): Promise<Done<WrittenFact> | Refusal> {
  return keepFacts(newsroom, caller, slug, async (log, { at, author }) => {
    const current = await find(log)
    if (current === null) return missing
    if (current.version !== expected) return { kind: 'stale', current }
    const result = await work(current, log, at)
    if (result.kind !== 'changed') return result
    if (JSON.stringify(result.fact) === JSON.stringify(current)) return done(writtenFact(current))
    const changed = { ...result.fact, version: current.version + 1 }
    await log.append(result.event(changed), { at, author })
    return done(writtenFact(changed))
  })
}

/** What is wrong with updates that are named: those that readers have not been given. */
export async function checkLinks(log: StoryLog, ids: readonly string[], path = 'updates'): Promise<Refusal | null> {
  const unknown = await log.unknownUpdates(ids)
  if (unknown.length === 0) return null
  return { kind: 'invalid', issues: [{ path, message: `names no published update of this story: ${unknown.join(', ')}` }] }
}
