import type { Caller } from '#lib/accounts/person.ts'
import { mostAssessments, type NewAssessment } from '#lib/story/claim.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeClaim, checkLinks, type FactAt, type WrittenFact } from './write-facts.ts'

/** Says how a claim stands now, why, and what that rests on: open pages show it at once. How it stood before stays in its history. */
export function assessClaim(newsroom: Newsroom, caller: Caller, which: FactAt, input: NewAssessment): Promise<Done<WrittenFact> | Refusal> {
  return changeClaim(newsroom, caller, which, async (claim, log, at) => {
    const wrong = await checkLinks(log, input.updates)
    if (wrong) return wrong
    if (claim.assessments.length >= mostAssessments) return { kind: 'list-full', most: mostAssessments }
    return {
      kind: 'changed',
      fact: { ...claim, assessments: [...claim.assessments, { at: at.toISOString(), ...input }] },
      event: (assessed) => ({ type: 'claim.assessed', claim: assessed }),
    }
  })
}
