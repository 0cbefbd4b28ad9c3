import type { Caller } from '#lib/accounts/person.ts'
import type { QuestionChanges } from '#lib/story/question.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeQuestion, checkLinks, type FactAt, type WrittenFact } from './write-facts.ts'

/** Asks a question better. What became of it isn't changed by that. */
export function reviseQuestion(newsroom: Newsroom, caller: Caller, which: FactAt, changes: QuestionChanges): Promise<Done<WrittenFact> | Refusal> {
  return changeQuestion(newsroom, caller, which, async (question, log) => {
    const wrong = await checkLinks(log, changes.updates ?? [])
    if (wrong) return wrong
    const { text = question.text, updates = question.updates } = changes
    return {
      kind: 'changed',
      fact: { ...question, text, updates },
      event: (revised) => ({ type: 'question.revised', question: revised }),
    }
  })
}
