import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { searchWords } from '#lib/reading/search-story.ts'
import { type Passage, passageAround } from '#lib/story/passage.ts'

const vocabulary =
  'The bridge Bridges is closed Closing abridged a-bridge (bridge) “Yes” Міст міста Мости закрито п’ять الجسر مغلق جسر Straße 1,5 👩‍👩‍👧'.split(' ')

/** Some words of a story, in the middle of others of any kind. */
const anyText = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...vocabulary) }, fc.string({ unit: 'grapheme', maxLength: 8 })),
      fc.constantFrom(' ', '\n', '  ', ', '),
    ),
    {
      maxLength: 120,
      size: 'max',
    },
  )
  .map((words) => words.flat().join(''))

/** What a reader may look for: a word, or how one begins, in capitals or not. */
const anyWords = fc
  .array(fc.tuple(fc.constantFrom(...vocabulary), fc.integer({ min: 1, max: 8 }), fc.boolean()), { minLength: 1, maxLength: 3 })
  .map((asked) => searchWords(asked.map(([word, length, isLoud]) => (isLoud ? word.toUpperCase() : word).slice(0, length)).join(' ')))
  .filter((words) => words.length > 0)

const joined = (passage: Passage) => passage.map(({ text }) => text).join('')
const found = (passage: Passage) => passage.flatMap(({ text, isFound }) => (isFound ? [text] : []))
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Each word of the text, as a reader sees them. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
/** In lower case, letter by letter: one that becomes two (İ) stays as it is, as it does for a regular expression that ignores case. */
const folded = (word: string) => [...word].map((letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter)).join('')
const isOneOf = (word: string, words: readonly string[]) => words.some((each) => folded(word).startsWith(each))

describe('the passage around what was found', () => {
  test.prop([anyText, anyWords])('is a piece of the text, with an ellipsis where it was cut', (text, words) => {
    const passage = joined(passageAround(text, words))
    const line = oneLine(text)
    const pieces = [passage, passage.replace(/^… /, ''), passage.replace(/ …$/, ''), passage.replace(/^… /, '').replace(/ …$/, '')]
    expect(pieces.some((piece) => line.includes(piece))).toBe(true)
    expect(passage.length).toBeLessThanOrEqual(220 + '… '.length + ' …'.length)
    expect(passage === line || /^… | …$/.test(passage)).toBe(true)
  })

  test.prop([anyText, anyWords])('marks every word that begins with one of those looked for, and nothing else', (text, words) => {
    const passage = passageAround(text, words)
    for (const word of found(passage)) expect(isOneOf(word, words)).toBe(true)
    expect(found(passage)).toEqual(wordsOf(joined(passage)).filter((word) => isOneOf(word, words)))
    expect(passage.every((part) => part.text !== '')).toBe(true)
  })

  test.prop([anyText, anyWords])('holds the first of them if the text has any', (text, words) => {
    const first = wordsOf(oneLine(text)).find((word) => isOneOf(word, words))
    expect(found(passageAround(text, words))[0]).toBe(first)
  })

  test.each([
    ['Ukrainian', 'У Києві зачинено МІСТ через Дніпро; мости навколо відкрито.', ['міст', 'мост'], ['МІСТ', 'мости']],
    ['Arabic', 'أُغلق الجسر اليوم، والجسور الأخرى مفتوحة', ['الجسر'], ['الجسر']],
    ['Arabic with vowel signs', 'أُغلق الْجِسْر اليوم', ['الْجِ'], ['الْجِسْر']],
    ['English', 'Bridges, abridged: the bridge.', ['bridge'], ['Bridges', 'bridge']],
  ])('is right for %s text', (_, text, words, expected) => {
    expect(found(passageAround(text, words))).toEqual(expected)
  })

  test.each([
    ['橋は閉鎖された。'.repeat(40), '橋'],
    [`${'雨が降った。'.repeat(60)}。橋は閉鎖された。`, '橋'],
    [`See https://example.org/${'a-'.repeat(150)} bridge`, 'bridge'],
  ])('holds what was found where there is no space near', (text, word) => {
    const passage = passageAround(text, [word])
    expect(found(passage)[0]?.startsWith(word)).toBe(true)
    expect(joined(passage).length).toBeGreaterThan(20)
  })

  test('begins shortly before what was found, and shows what comes after', () => {
    const text = `${'Before it. '.repeat(60)}The bridge is closed. ${'After it. '.repeat(60)}`
    const passage = joined(passageAround(text, ['bridge']))
    expect(passage.startsWith('… ')).toBe(true)
    expect(passage.endsWith(' …')).toBe(true)
    expect(passage.indexOf('bridge')).toBeLessThan(80)
    expect(passage).toContain('is closed. After it.')
  })

  test('is how the text begins where nothing was found in it', () => {
    expect(passageAround('The bridge is closed.', ['tunnel'])).toEqual([{ text: 'The bridge is closed.', isFound: false }])
    expect(passageAround('', ['tunnel'])).toEqual([])
  })
})
