import { bodyText } from '#lib/story/body-text.ts'
import type { EntryContent } from './entry-text.ts'

const longest = 90

/** An entry in one line: its title, or else its first words; empty if it has none. */
export function firstWords({ title, body }: Pick<EntryContent, 'title' | 'body'>): string {
  const words = title ?? bodyText(body).replace(/\s+/g, ' ').trim()
  if (words.length <= longest) return words
  return `${words.slice(0, words.lastIndexOf(' ', longest) > 0 ? words.lastIndexOf(' ', longest) : longest)} …`
}
