import type { Pictures } from '#lib/db/pictures.ts'
import { markdownLimits, type TooComplex, tooComplex } from '#lib/markdown/complexity.ts'
import { bodyFromMarkdown } from '#lib/markdown/parse.ts'
import { type Body, body } from '#lib/story/body.ts'
import { pictureIds, withPictureFacts } from '#lib/story/body-pictures.ts'
import { picturePath } from '#lib/story/picture.ts'
import type { BodyInput } from '#lib/story/update.ts'
import type { Issue } from './newsroom.ts'

type ReadBody = { kind: 'body'; body: Body } | { kind: 'invalid'; issues: Issue[] }

/**
 * The document that was sent, or that the Markdown stands for, with the size of our own pictures in it and what is kept of
 * them where nothing else is said; or what is wrong with it. One query if it has pictures of our own, otherwise none.
 */
export async function readBody(pictures: Pictures, input: BodyInput): Promise<ReadBody> {
  const read: ReadBody = typeof input === 'string' ? readMarkdown(input) : { kind: 'body', body: input }
  if (read.kind === 'invalid') return read
  const ids = pictureIds(read.body)
  if (ids.length === 0) return read

  const facts = await pictures.facts(ids)
  const missing = ids.filter((id) => !facts.has(id))
  if (missing.length > 0) {
    return { kind: 'invalid', issues: missing.map((id) => ({ path: 'body', message: `names a picture that is not here: ${picturePath(id)}` })) }
  }
  // Once more, because what was filled in counts towards the limits too.
  return checked(withPictureFacts(read.body, facts))
}

function readMarkdown(markdown: string): ReadBody {
  const excess = tooComplex(markdown)
  if (excess === null) return checked(bodyFromMarkdown(markdown))
  return {
    kind: 'invalid',
    issues: [{ path: 'body', message: `has more than ${markdownLimits[excess]} ${excessWords[excess]}; split it into several updates` }],
  }
}

const excessWords: Record<TooComplex, string> = {
  lines: 'lines',
  blocks: 'paragraphs, list items, quotes, headings and table rows',
  marks: 'pieces of code, entities, HTML tags, table cells and links',
}

function checked(document: Body): ReadBody {
  const parsed = body.safeParse(document)
  if (parsed.success) return { kind: 'body', body: parsed.data }
  return { kind: 'invalid', issues: parsed.error.issues.map((issue) => ({ path: 'body', message: issue.message })) }
}
