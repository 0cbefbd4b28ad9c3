import { z } from 'zod'

// Postgres keeps neither NUL nor half a surrogate pair in JSON, and no reader is served by the other control characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this looks for.
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

function isPrintable(text: string): boolean {
  return text.isWellFormed() && !controlCharacter.test(text)
}

/** The text without what can't be stored or shown. */
export function printed(text: string): string {
  return text.toWellFormed().replace(new RegExp(controlCharacter, 'g'), '')
}

const unprintable = 'contains characters that cannot be shown'

/** Text of any length that can be stored and shown as it is: well-formed Unicode without control characters. */
export const printable = z.string().refine(isPrintable, unprintable)

/** One line of text, trimmed, of `min` to `max` characters (UTF-16 units, as JavaScript and HTML's maxlength count them). */
export function line({ min = 0, max }: { min?: number; max: number }) {
  const length = min > 0 ? `must have ${min} to ${max} characters` : `must have at most ${max} characters`
  return z
    .string('must be text')
    .overwrite((text) => text.replace(/\s+/g, ' ').trim())
    .min(min, length)
    .max(max, length)
    .refine(isPrintable, unprintable)
}

/** An absolute address that may be linked to: http, https or mailto, and nothing that could run. */
export const linkAddress = address(['http:', 'https:', 'mailto:'], 'must be an http, https or mailto address')

/** An absolute address that a picture or a page can be fetched from. */
export const webAddress = address(['http:', 'https:'], 'must be an http or https address')

function address(protocols: readonly string[], message: string) {
  const isAddress = (text: string) => isOneLine(text) && URL.canParse(text) && protocols.includes(new URL(text).protocol)
  return z.string().max(2048, 'must have at most 2048 characters').refine(isAddress, message)
}

/** Browsers skip tabs and line breaks in an address: it wouldn't be the one that is read. */
function isOneLine(text: string): boolean {
  return isPrintable(text) && !/[\t\n\r]/.test(text)
}

/** A language, by its BCP 47 tag. */
export const languageTag = z.string('must be text').refine(isLanguage, 'must be a language tag like en or pt-BR')

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

const notAnInstant = 'must be a time like 2026-01-31T14:05:00Z'

/** An instant as it is stored and sent: ISO 8601 in UTC. */
export const instant = z.iso.datetime({ error: notAnInstant })

/** An instant as it may be written, with any offset; brought to UTC and milliseconds. */
export const instantInput = z.iso
  .datetime({ offset: true, abort: true, error: notAnInstant })
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()))
  // An offset may carry it out of the years that have four digits, and the database has no year 0.
  .refine((text) => instant.safeParse(text).success && !text.startsWith('0000'), notAnInstant)
