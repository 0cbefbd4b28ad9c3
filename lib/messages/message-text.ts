import compile from 'icu-minify/compile'
import format from 'icu-minify/format'
import { siteLocale } from './translator.ts'

const formatters = {
  getDateTimeFormat: (...options: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...options),
  getNumberFormat: (...options: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...options),
  getPluralRules: (...options: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...options),
}

/**
 * Fills the values into a message of the English catalogue. For what commands say too: `translator` works inside Next alone, which gives
 * use-intl the formatter that takes compiled messages (next.config.js).
 */
export function messageText(message: string, values: Readonly<Record<string, string | number>>): string {
  const parts = format(compile(message), siteLocale, values, { formatters })
  return Array.isArray(parts) ? parts.join('') : parts
}
