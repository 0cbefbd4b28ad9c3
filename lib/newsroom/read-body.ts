import { bodyFromMarkdown } from '#lib/markdown/parse.ts'
import { type Body, body } from '#lib/story/body.ts'
import type { BodyInput } from '#lib/story/update.ts'
import type { Issue } from './newsroom.ts'

/** The document that was sent, or that the Markdown stands for; or what is wrong with it. */
export function readBody(input: BodyInput): { kind: 'body'; body: Body } | { kind: 'invalid'; issues: Issue[] } {
  if (typeof input !== 'string') return { kind: 'body', body: input }
  const parsed = body.safeParse(bodyFromMarkdown(input))
  if (parsed.success) return { kind: 'body', body: parsed.data }
  return { kind: 'invalid', issues: parsed.error.issues.map((issue) => ({ path: 'body', message: issue.message })) }
}
