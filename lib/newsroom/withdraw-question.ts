import type { Caller } from '#lib/accounts/person.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeQuestion, type FactAt, type WrittenFact } from './write-facts.ts'

/** Takes a question off the list that never should have been on it, with the reason in the log. It can't be undone. */
export function withdrawQuestion(newsroom: Newsroom, caller: Caller, which: FactAt, notice: string): Promise<Done<WrittenFact> | Refusal> {
  return changeQuestion(newsroom, caller, which, async (question, _log, at) => ({
    kind: 'changed',
    fact: { ...question, withdrawal: { at: at.toISOString(), notice } },
    event: (withdrawn) => ({ type: 'question.withdrawn', question: withdrawn }),
  }))
}
