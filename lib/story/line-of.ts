import { firstWords } from './body-text.ts'
import type { Update } from './update.ts'
import type { UpdateLine } from './update-line.ts'

const mostCharacters = 100

export function lineOf(update: Update): UpdateLine {
  const { id, seq, version, publishedAt, title, body, breaking } = update
  return { id, seq, version, publishedAt, text: title ?? firstWords(body, mostCharacters), ...(breaking && { breaking }) }
}
