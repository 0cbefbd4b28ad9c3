import type { z } from 'zod'
import type { Caller } from '#lib/accounts/person.ts'
import type { Done, Newsroom, Refusal } from '#lib/newsroom/newsroom.ts'
import type { FactAt, WrittenFact } from '#lib/newsroom/write-facts.ts'
import { ifMatchNeeded } from './problem.ts'
import { matchedVersion, writeRoute } from './route.ts'

type Params = { slug: string; id: string }

/** A route that changes a claim or a question: with If-Match, since a judgement is made of what was seen. */
export function factRoute<Schema extends z.ZodType>(
  schema: Schema,
  command: (newsroom: Newsroom, caller: Caller, which: FactAt, input: z.output<Schema>) => Promise<Done<WrittenFact> | Refusal>,
  status: 200 | 201 = 200,
) {
  return writeRoute<Params>()(
    schema,
    async ({ newsroom, caller, input, params: { slug, id }, request }): Promise<Done<WrittenFact> | Refusal | Response> => {
      const expected = matchedVersion(request)
      if (expected === null) return ifMatchNeeded()
      return command(newsroom, caller, { slug, id, expected }, input)
    },
    status,
  )
}
