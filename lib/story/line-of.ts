import { firstWords } from './body-text.ts'
import type { Update } from './update.ts'
import type { UpdateLine } from './update-line.ts'

const mostCharacters = 100

/** Of the body nothing is needed where there's a title. */
export function lineOf(update: Pick<Update, 'id' | 'seq' | 'version' | 'publishedAt' | 'title' | 'body' | 'breaking'>): UpdateLine {
  const { id, seq, version, publishedAt, title, body, breaking } = update
  return { id, seq, version, publishedAt, text: title ?? firstWords(body, mostCharacters), ...(breaking && { breaking }) }
}
