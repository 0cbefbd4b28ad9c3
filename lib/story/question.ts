import { z } from 'zod'
import { links } from './claim.ts'
import { instant, line } from './text.ts'

/** `unknowable`: nobody expects that it will be known. */
export const questionState = z.enum(['open', 'answered', 'unknowable'])
export type QuestionState = z.infer<typeof questionState>

/** More than this of a story's questions isn't kept beside its timeline. */
export const mostQuestions = 200
/** Of one question. */
export const mostAnswers = 100

/** What became of a question, and when. */
const answer = z
  .object({
    at: instant,
    state: questionState,
    /** The answer in a line, or why there will be none, or why it is open again. Empty where an update says it. */
    note: z.string(),
    /** The updates that say it. */
    updates: z.array(z.uuid()),
  })
  .meta({ id: 'Answer' })

/** What nobody knows yet, as readers may see it now. */
export const question = z
  .object({
    id: z.uuid(),
    /** The number of the event that brought it. */
    seq: z.int().positive(),
    /** Rises by one with each change and answer. */
    version: z.int().positive(),
    text: z.string(),
    askedAt: instant,
    /** The updates that it comes from. */
    updates: z.array(z.uuid()),
    /** Oldest first; while there's none it is open, and then the last is how it stands. */
    answers: z.array(answer),
    /** Set when it was taken off the list, which never should have had it. */
    withdrawal: z.object({ at: instant, notice: z.string() }).nullable(),
  })
  .meta({ id: 'Question' })
export type Question = z.infer<typeof question>

const text = line({ min: 1, max: 300 })

export const newQuestion = z.strictObject({ text, updates: links.default([]) }).meta({ id: 'NewQuestion' })
export type NewQuestion = z.infer<typeof newQuestion>

export const questionChanges = z
  .strictObject({ text, updates: links })
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'QuestionChanges' })
export type QuestionChanges = z.infer<typeof questionChanges>

/** An answer names the update that gives it, or says it in a line; a question that is closed, or opened again, says why. */
export const newAnswer = z
  .strictObject({ state: questionState, note: line({ max: 500 }).default(''), updates: links.default([]) })
  .refine(({ state, note, updates }) => note !== '' || (state === 'answered' && updates.length > 0), {
    path: ['note'],
    message: 'must say the answer, where no update does, or why it will not be known or is open again',
  })
  .meta({ id: 'NewAnswer' })
export type NewAnswer = z.infer<typeof newAnswer>
