import type { Caller } from '#lib/accounts/person.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeClaim, type FactAt, type WrittenFact } from './write-facts.ts'

/** Takes a claim off the list that never should have been on it, with the reason in the log. It can't be undone. */
export function withdrawClaim(newsroom: Newsroom, caller: Caller, which: FactAt, notice: string): Promise<Done<WrittenFact> | Refusal> {
  return changeClaim(newsroom, caller, which, async (claim, _log, at) => ({
    kind: 'changed',
    fact: { ...claim, withdrawal: { at: at.toISOString(), notice } },
    event: (withdrawn) => ({ type: 'claim.withdrawn', claim: withdrawn }),
  }))
}
