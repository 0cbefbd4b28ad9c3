import { z } from 'zod'
import type { Issue } from '#lib/newsroom/newsroom.ts'
import { mostPictures, picturesPage } from '#lib/reading/read-pictures.ts'
import { mostInPage, timelinePage } from '#lib/reading/read-timeline.ts'
import { instantInput, printable } from '#lib/story/text.ts'
import { shown } from '#lib/story/view.ts'

/** As far as the numbers of a log go, and one less: some questions ask for the next. */
const number = z.coerce.number().int().max(2_147_483_646)

/** What may stand behind the question mark, and in headers, of the calls that take something there. */
export const placeQuery = z
  .object({
    before: number.positive('must be a cursor: the `next` of another page').optional(),
    after: number.nonnegative('must be a cursor: the `newer` of another page').optional(),
    around: number.positive('must be the number of an update').optional(),
    show: shown.default('all'),
    limit: number.min(1).max(mostInPage).default(timelinePage),
  })
  .refine(({ before, after, around }) => [before, after, around].filter((place) => place !== undefined).length <= 1, {
    message: 'takes one of before, after and around',
  })

/** What may stand behind the question mark of a story's page. */
export const storyPageQuery = z.object({
  order: z.enum(['newest', 'oldest']).default('newest'),
  show: shown.default('all'),
  before: number.positive().optional(),
  after: number.nonnegative().optional(),
  around: z.uuid().optional(),
  at: instantInput.optional(),
})

/** What may stand behind the question mark of a whole story's page. */
export const wholeStoryQuery = z.object({ part: number.positive().default(1) })

/** What may stand behind the question mark where a moment of a story is asked for: an instant in ms since 1970. */
export const momentQuery = z.object({ to: z.coerce.number().int().min(0).max(253_402_300_799_999).optional() })

/** A moment as an address has it: an instant, or in ms since 1970 as a form sends it. */
const moment = z.union([momentQuery.shape.to.unwrap().transform((ms) => new Date(ms).toISOString()), instantInput])

/** What may stand behind the question mark where two moments of a story are compared. */
export const comparisonQuery = z.object({ from: moment.optional(), to: moment.optional(), before: number.positive().optional() })

export const searchQuery = z.object({ q: printable.max(200, 'must have at most 200 characters'), before: number.positive().optional() })

export const libraryQuery = z.object({
  q: printable.max(200, 'must have at most 200 characters').default(''),
  before: z.uuid('must be a cursor: the `next` of another page').optional(),
  limit: number.min(1).max(mostPictures).default(picturesPage),
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
