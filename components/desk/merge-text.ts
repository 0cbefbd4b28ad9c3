import { sameBody } from './body-document.ts'
import { type EntryText, type Field, fields } from './entry-text.ts'

export type Side = 'mine' | 'theirs'
export type Choices = Readonly<Partial<Record<Field, Side>>>

function isSame(field: Field, one: EntryText, other: EntryText): boolean {
  return field === 'body' ? sameBody(one.body, other.body) : one[field] === other[field]
}

/**
 * The fields in which two texts differ that began as one, each with the side that changed it; where both did, mine: what
 * somebody has just written isn't put aside without their saying so.
 */
export function differences(base: EntryText, mine: EntryText, theirs: EntryText): Choices {
  const differ = fields.filter((field) => !isSame(field, mine, theirs))
  return Object.fromEntries(differ.map((field) => [field, isSame(field, mine, base) ? 'theirs' : 'mine']))
}

/** My text with their fields where theirs were chosen. */
export function merged(mine: EntryText, theirs: EntryText, choices: Choices): EntryText {
  const theirFields = fields.filter((field) => choices[field] === 'theirs').map((field) => [field, theirs[field]])
  return { ...mine, ...Object.fromEntries(theirFields) }
}
