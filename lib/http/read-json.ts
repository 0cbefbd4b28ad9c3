import type { z } from 'zod'
import type { Issue } from '#lib/newsroom/newsroom.ts'
import { problem, refused } from './problem.ts'
import { readBytes } from './read-bytes.ts'

/** The longest request body, in bytes: an update's body at its limit, with room for how Markdown and JSON write it. */
const longestBody = 256 * 1024

/** A body of JSON is sent at once. */
const timeouts = { totalTimeoutMs: 60_000, idleTimeoutMs: 15_000 }

export type ReadJson<Value> = { kind: 'read'; value: Value } | { kind: 'refused'; response: Response }

/** What was sent, if it is JSON of at most `most` bytes that the schema lets in; otherwise 400, 413 or 415. */
export async function readJson<Schema extends z.ZodType>(request: Request, schema: Schema, most = longestBody): Promise<ReadJson<z.output<Schema>>> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    return { kind: 'refused', response: problem('not-a-json-type', 'Send the body as JSON, with Content-Type: application/json.') }
  }
  const read = await readBytes(request, most, timeouts)
  if (read.kind === 'too-slow') return { kind: 'refused', response: tooSlow() }
  if (read.kind === 'too-long') return { kind: 'refused', response: tooLarge(most) }
  const text = new TextDecoder().decode(read.bytes)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { kind: 'refused', response: problem('not-json', `The body could not be read as JSON: ${error.message}`) }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { kind: 'read', value: parsed.data }
  return { kind: 'refused', response: refused({ kind: 'invalid', issues: issuesOf(parsed.error) }) }
}

function tooSlow(): Response {
  return problem('too-slow', 'The body took too long to arrive. Send it again.', { headers: { connection: 'close' } })
}

function tooLarge(most: number): Response {
  return problem('too-large', `The most that is taken is ${most / 1024} KB.`)
}

/** How many problems an answer lists: a body of 256 KB can have a hundred thousand. */
const maxIssues = 100

export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues
    .slice(0, maxIssues)
    .flatMap((issue) => flatten(issue, []))
    .slice(0, maxIssues)
}

/** Of a choice of schemas the one that came nearest tells what is wrong. */
function flatten(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((one, other) => depth(other) - depth(one) || one.length - other.length)[0]
    if (nearest && depth(nearest) > 0) return nearest.flatMap((inner) => flatten(inner, path))
  }
  return [{ path: path.join('.'), message: issue.message }]
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length))
}
