import compile from 'icu-minify/compile'
import { describe, expect, test } from 'vitest'
import { catalogues } from '#lib/messages/catalogues.ts'

const { desk: _desk, people: _people, audit: _audit, ...english } = catalogues.en
const inEnglish = messagesOf(english)

/** What is rightly as it stands in English: a name, a word that German has taken in, and patterns without a word in them. */
const sameOnPurpose: Readonly<Record<string, readonly string[]>> = {
  de: ['known.stands', 'moment.dateAndTime', 'site.name', 'story.connection.live', 'story.correctedAt', 'story.titleCount'],
  uk: ['known.stands', 'moment.dateAndTime', 'site.name', 'story.correctedAt', 'story.titleCount'],
  ar: ['site.name', 'story.correctedAt', 'story.titleCount'],
}

describe.each(Object.keys(sameOnPurpose))('a reader whose language is %s', (language) => {
  const messages = messagesOf(catalogues[language])
  const rules = new Intl.PluralRules(language)

  test('is told all that an English reader is told, and nothing of the desk', () => {
    expect([...messages.keys()].toSorted()).toEqual([...inEnglish.keys()].toSorted())
  })

  test('is told the same names, times and numbers', () => {
    for (const [key, message] of messages) {
      expect({ key, told: argumentsOf(message) }).toEqual({ key, told: argumentsOf(inEnglish.get(key)) })
    }
  })

  test('finds a form of the word for every number', () => {
    const forms = rules.resolvedOptions().pluralCategories
    for (const [key, message] of messages) {
      const needed = pluralsOf(inEnglish.get(key)).map((cases) => [...forms, ...Object.keys(cases).filter(isExact)].toSorted())
      const found = pluralsOf(message).map((cases) => Object.keys(cases).toSorted())
      expect({ key, found }).toEqual({ key, found: needed })
    }
  })

  test('sees the number itself wherever the form of the word leaves it open', () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number)
    for (const [key, message] of messages) {
      const open = pluralsOf(message)
        .flatMap(Object.entries)
        .filter(([form]) => numbers.filter((number) => rules.select(number) === form).length > 1)
      expect({ key, silent: open.filter(([, words]) => !saysNumber(words)) }).toEqual({ key, silent: [] })
    }
  })

  test('reads no English', () => {
    const same = [...messages].filter(([key, message]) => message === inEnglish.get(key)).map(([key]) => key)
    expect(same.toSorted()).toEqual(sameOnPurpose[language])
  })
})

/** Every message of a catalogue by its whole name, like "story.status.closed". */
function messagesOf(part: unknown, name = ''): Map<string, string> {
  if (typeof part === 'string') return new Map([[name, part]])
  return new Map(Object.entries(part as object).flatMap(([key, value]) => [...messagesOf(value, name === '' ? key : `${name}.${key}`)]))
}

type Cases = Readonly<Record<string, unknown>>

/** What a compiled message is given, inside its cases too: each by its name, and with its cases if it is counted. */
function givenTo(compiled: unknown): { name: string; cases: Cases | null }[] {
  if (!Array.isArray(compiled)) return []
  return compiled.filter(Array.isArray).flatMap(([name, , options]) => {
    const cases: Cases | null = typeof options === 'object' && 'other' in options ? options : null
    return [{ name, cases }, ...Object.values(cases ?? {}).flatMap(givenTo)]
  })
}

function argumentsOf(message = ''): string[] {
  return [...new Set(givenTo(compile(message)).map(({ name }) => name))].toSorted()
}

function pluralsOf(message = ''): Cases[] {
  return givenTo(compile(message)).flatMap(({ cases }) => (cases ? [cases] : []))
}

/** A case for one number alone, like "=0". */
function isExact(form: string): boolean {
  return form.startsWith('=')
}

/** The "#" of a message is a 0 once it's compiled. */
function saysNumber(words: unknown): boolean {
  return words === 0 || (Array.isArray(words) && words.includes(0))
}
