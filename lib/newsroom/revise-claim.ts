import type { Caller } from '#lib/accounts/person.ts'
import type { ClaimChanges } from '#lib/story/claim.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeClaim, checkLinks, type FactAt, type WrittenFact } from './write-facts.ts'

/** Says a claim, or who makes it, better. How it stands isn't changed by that. */
export function reviseClaim(newsroom: Newsroom, caller: Caller, which: FactAt, changes: ClaimChanges): Promise<Done<WrittenFact> | Refusal> {
  return changeClaim(newsroom, caller, which, async (claim, log) => {
    const wrong = await checkLinks(log, changes.updates ?? [])
    if (wrong) return wrong
    const { statement = claim.statement, claimant = claim.claimant, claimedAt = claim.claimedAt, updates = claim.updates } = changes
    return {
      kind: 'changed',
      fact: { ...claim, statement, claimant, claimedAt, updates },
      event: (revised) => ({ type: 'claim.revised', claim: revised }),
    }
  })
}
