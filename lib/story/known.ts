import type { Assessment, Claim, Standing } from './claim.ts'
import type { Question, QuestionState } from './question.ts'
import type { View } from './view.ts'

// What is known, what is claimed and what nobody knows. No schema is imported here: pages run it.

/** The judgement that a claim stands on now. */
export function currentAssessment({ assessments }: Claim): Assessment {
  const last = assessments.at(-1)
  // The schema lets none in without one.
  if (last === undefined) throw new Error('a claim without an assessment')
  return last
}

export function standingOf(claim: Claim): Standing {
  return currentAssessment(claim).standing
}

export function stateOf({ answers }: Question): QuestionState {
  return answers.at(-1)?.state ?? 'open'
}

/** A story's claims and questions as a panel tells them; in each, what was changed last comes first. */
export type Known = {
  readonly known: readonly Claim[]
  readonly claimed: readonly Claim[]
  readonly notKnown: readonly Question[]
  /** What turned out wrong, or was taken back; and questions that have their answer, or will have none. */
  readonly over: readonly Claim[]
  readonly settled: readonly Question[]
}

export function sortKnown({ claims, questions }: Pick<View, 'claims' | 'questions'>): Known {
  const newest = claims.toSorted((one, other) => compare(currentAssessment(other).at, currentAssessment(one).at) || other.seq - one.seq)
  const having = (...standings: Standing[]) => newest.filter((claim) => standings.includes(standingOf(claim)))
  const isOpen = (question: Question) => stateOf(question) === 'open'
  return {
    known: having('confirmed'),
    claimed: having('unverified', 'disputed'),
    notKnown: questions.filter(isOpen).toReversed(),
    over: having('refuted', 'retracted'),
    settled: questions.filter((question) => !isOpen(question)).toReversed(),
  }
}

/** The claims that each update tells of or that rest on it, by the update's id. */
export function claimsByUpdate(claims: readonly Claim[]): ReadonlyMap<string, readonly Claim[]> {
  const carried = new Map<string, Claim[]>()
  for (const claim of claims) {
    for (const id of new Set([...claim.updates, ...claim.assessments.flatMap(({ updates }) => updates)])) {
      const known = carried.get(id)
      if (known) known.push(claim)
      else carried.set(id, [claim])
    }
  }
  return carried
}

type Fact = { readonly id: string; readonly seq: number; readonly version: number; readonly withdrawal: object | null }

/** `list` (in the order they came) with the newer of what it has and what it is given, once, in its place; without it, if it was withdrawn. */
export function putFact<Each extends Fact>(list: Each[], fact: Each): Each[] {
  const known = list.find(({ id }) => id === fact.id)
  if (known && known.version > fact.version) return list
  if (fact.withdrawal) return list.filter(({ id }) => id !== fact.id)
  if (known) return list.with(list.indexOf(known), fact)
  const index = list.findIndex(({ seq }) => seq > fact.seq)
  return list.toSpliced(index === -1 ? list.length : index, 0, fact)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
