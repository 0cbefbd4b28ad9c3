import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '#lib/accounts/person.ts'
import type { Signature, StoryLog } from '#lib/db/story-log.ts'
import { type Claim, type ClaimWithin, mostClaims, type NewAssessment, type NewClaim } from '#lib/story/claim.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'
import { once } from './once.ts'
import { checkLinks, keepFacts, type WrittenFact, writtenFact } from './write-facts.ts'

/** Notes what somebody says is so. Once this answers it is durable and on its way to readers. With a key it is written once, however often it is sent. */
export function makeClaim(
  newsroom: Newsroom,
  caller: Caller,
  slug: string,
  input: NewClaim,
  idempotencyKey: string | null,
): Promise<Done<WrittenFact> | Refusal> {
  return keepFacts(newsroom, caller, slug, (log, { at, author }) =>
    once(log, at, idempotencyKey === null ? null : { key: idempotencyKey, request: { claim: input, author: author.id } }, async () => {
      if ((await log.count('claim')) >= mostClaims) return { kind: 'list-full', most: mostClaims }
      const wrong =
        (await checkLinks(log, input.updates)) ?? (input.assessment && (await checkLinks(log, input.assessment.updates, 'assessment.updates')))
      if (wrong) return wrong
      return done(writtenFact(await appendClaim(log, input, { at, author, idempotencyKey: idempotencyKey ?? undefined })))
    }),
  )
}

/** Appends the event that notes a claim. */
async function appendClaim(log: StoryLog, input: NewClaim, signature: Signature): Promise<Claim> {
  const claim = claimOf(input, log.next, signature.at)
  await log.append({ type: 'claim.made', claim }, signature)
  return claim
}

/**
 * Notes what an update claims on somebody's behalf; what is noted of it already isn't noted twice, for a call may come again whose
 * answer was lost. They are few, so that the list isn't asked whether it has room.
 */
export async function appendClaimsOf(updateId: string, claims: readonly ClaimWithin[], log: StoryLog, signature: Signature): Promise<void> {
  if (claims.length === 0) return
  const known: Pick<Claim, 'statement' | 'claimant'>[] = (await log.claims()).filter(({ updates }) => updates.includes(updateId))
  for (const claim of claims) {
    const { statement, claimant } = claim
    if (known.some((each) => each.statement === statement && each.claimant.name === claimant.name)) continue
    known.push(await appendClaim(log, { ...claim, updates: [updateId], assessment: null }, signature))
  }
}

/** The claim as it begins: unverified, if nothing else is said. */
function claimOf({ assessment, ...said }: NewClaim, seq: number, at: Date): Claim {
  const first: NewAssessment = assessment ?? { standing: 'unverified', reason: '', sources: [], soleSource: null, updates: [] }
  return { id: uuidv7(), seq, version: 1, ...said, assessments: [{ at: at.toISOString(), ...first }], withdrawal: null }
}
