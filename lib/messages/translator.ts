import compile from 'icu-minify/compile'
import { createTranslator } from 'use-intl/core'
import { catalogues, type Messages } from './catalogues.ts'

/** The language of the desk and of pages that belong to no story. */
export const siteLocale = 'en-GB'

/** How the interface speaks to the readers of something in that language: in it if there's a catalogue of it, else in English. */
export function localeFor(language: string): string {
  const tag = new Intl.Locale(language)
  if (tag.language === 'en') return tag.region ? tag.toString() : siteLocale
  return tag.language in catalogues ? tag.toString() : siteLocale
}

export type Words<Name extends keyof Messages = keyof Messages> = { readonly locale: string; readonly messages: Pick<Messages, Name> }

const made = new Map<string, unknown>()

/**
 * The parts of the catalogue that a page's components need, and no more. They are compiled here, once, so that no page has
 * to bring a parser of messages along: next.config.js gives use-intl the formatter that takes them so.
 */
export function wordsIn<Name extends keyof Messages>(locale: string, ...names: Name[]): Words<Name> {
  const { language } = new Intl.Locale(locale)
  const messages = names.map((name) => {
    const key = `${language} ${name}`
    // Through JSON: the compiler's objects have no prototype, and such can't be handed from the server to a page.
    if (!made.has(key)) made.set(key, JSON.parse(JSON.stringify(compiled({ ...catalogues.en, ...catalogues[language] }[name]))))
    return [name, made.get(key)]
  })
  // Compiled messages pass for the strings that they were: only the formatter looks into them.
  return { locale, messages: Object.fromEntries(messages) as Pick<Messages, Name> }
}

function compiled(messages: unknown): unknown {
  if (typeof messages === 'string') return compile(messages)
  return Object.fromEntries(Object.entries(messages as object).map(([key, value]) => [key, compiled(value)]))
}

/** The words of a part of the product, for what is made on the server alone. */
export function translator<Namespace extends keyof Messages>(namespace: Namespace, locale: string = siteLocale) {
  // Of the whole catalogue it is only asked for its own part.
  return createTranslator({ locale, messages: wordsIn(locale, namespace).messages as Messages, namespace: namespace as keyof Messages })
}
