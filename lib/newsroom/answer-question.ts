import type { Caller } from '#lib/accounts/person.ts'
import type { Change } from '#lib/story/event.ts'
import { stateOf } from '#lib/story/known.ts'
import { mostAnswers, type NewAnswer, type QuestionState } from '#lib/story/question.ts'
import type { Done, Newsroom, Refusal } from './newsroom.ts'
import { changeQuestion, checkLinks, type FactAt, type WrittenFact } from './write-facts.ts'

const eventTypes = {
  open: 'question.reopened',
  answered: 'question.answered',
  unknowable: 'question.closed',
} as const satisfies Record<QuestionState, Change['type']>

/** Says what became of a question: its answer, that there will be none, or that it is open again. */
export function answerQuestion(newsroom: Newsroom, caller: Caller, which: FactAt, input: NewAnswer): Promise<Done<WrittenFact> | Refusal> {
  return changeQuestion(newsroom, caller, which, async (question, log, at) => {
    const wrong = await checkLinks(log, input.updates)
    if (wrong) return wrong
    if (input.state === 'open' && stateOf(question) === 'open') return { kind: 'invalid', issues: [{ path: 'state', message: 'is open already' }] }
    if (question.answers.length >= mostAnswers) return { kind: 'list-full', most: mostAnswers }
    return {
      kind: 'changed',
      fact: { ...question, answers: [...question.answers, { at: at.toISOString(), ...input }] },
      event: (answered) => ({ type: eventTypes[input.state], question: answered }),
    }
  })
}
