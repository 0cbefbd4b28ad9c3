import { z } from 'zod'
import type { Issue } from '#lib/newsroom/newsroom.ts'
import { timelinePage } from '#lib/reading/read-timeline.ts'

const number = z.coerce.number().int()

/** What may stand behind the question mark, and in headers, of the calls that take something there. */
export const timelineQuery = z.object({
  before: number.positive('must be a cursor: the `next` of the page before').optional(),
  limit: number.min(1).max(100).default(timelinePage),
})

export const eventsQuery = z.object({ epoch: number.positive(), after: number.nonnegative() })

export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters, new for each update')

/** The query of an address, if the schema lets it in; otherwise what is wrong with it. */
export function readQuery<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
): { kind: 'query'; query: z.output<Schema> } | { kind: 'invalid'; issues: Issue[] } {
  const parsed = schema.safeParse(Object.fromEntries(new URL(url).searchParams))
  if (parsed.success) return { kind: 'query', query: parsed.data }
  return { kind: 'invalid', issues: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) }
}
