import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '#lib/accounts/person.ts'
import { mostQuestions, type NewQuestion, type Question } from '#lib/story/question.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'
import { once } from './once.ts'
import { checkLinks, keepFacts, type WrittenFact, writtenFact } from './write-facts.ts'

/** Says what nobody knows yet. Once this answers it is durable and on its way to readers. With a key it is written once, however often it is sent. */
export function raiseQuestion(
  newsroom: Newsroom,
  caller: Caller,
  slug: string,
  input: NewQuestion,
  idempotencyKey: string | null,
): Promise<Done<WrittenFact> | Refusal> {
  return keepFacts(newsroom, caller, slug, (log, { at, author }) =>
    once(log, at, idempotencyKey === null ? null : { key: idempotencyKey, request: { question: input, author: author.id } }, async () => {
      if ((await log.count('question')) >= mostQuestions) return { kind: 'list-full', most: mostQuestions }
      const wrong = await checkLinks(log, input.updates)
      if (wrong) return wrong
      const question: Question = { id: uuidv7(), seq: log.next, version: 1, ...input, askedAt: at.toISOString(), answers: [], withdrawal: null }
      await log.append({ type: 'question.raised', question }, { at, author, idempotencyKey: idempotencyKey ?? undefined })
      return done(writtenFact(question))
    }),
  )
}
