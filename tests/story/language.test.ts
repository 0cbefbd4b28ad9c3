import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { directionOf } from '#lib/story/language.ts'
import { languageTag } from '#lib/story/text.ts'

describe('a language', () => {
  test.each(['ar', 'ar-EG', 'he', 'fa', 'ur', 'ps', 'ckb', 'ug', 'yi', 'dv', 'sd', 'az-Arab', 'pa-PK', 'ff-Adlm'])(
    'that is written from right to left is known by its script: %s',
    (language) => {
      expect(directionOf(language)).toBe('rtl')
    },
  )

  test.each(['en', 'uk', 'de', 'pl-PL', 'zh', 'ja', 'ko', 'hi', 'az', 'pa', 'ku', 'ar-Latn', 'tlh', 'mul', 'und'])(
    'of any other script is written from left to right: %s',
    (language) => {
      expect(directionOf(language)).toBe('ltr')
    },
  )

  const letters = (min: number, max: number) => fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: min, maxLength: max })
  const anyTag = fc
    .tuple(fc.oneof(letters(2, 3), letters(5, 8)), fc.option(letters(4, 4)), fc.option(letters(2, 2)))
    .map((parts) => parts.filter((part) => part !== null).join('-'))

  test.prop([anyTag])('has a direction whenever a story may be told in it', (tag) => {
    fc.pre(languageTag.safeParse(tag).success)
    expect(['ltr', 'rtl']).toContain(directionOf(tag))
  })
})
