import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { z } from 'zod'
import { newStory, slug, storyChanges } from '#lib/story/story.ts'
import { instant, instantInput } from '#lib/story/text.ts'

function complaints(result: z.ZodSafeParseResult<unknown>): string[] {
  return result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []
}

describe('a new story', () => {
  const opening = (fields: object) => complaints(newStory.safeParse({ headline: 'The bridge is closed', ...fields }))

  test('needs nothing but a headline', () => {
    expect(newStory.parse({ headline: ' The  bridge\nis closed ' })).toEqual({
      headline: 'The bridge is closed',
      standfirst: '',
      language: 'en',
      timeZone: 'UTC',
      status: 'developing',
      cover: null,
      template: null,
      autoCloseDays: null,
    })
  })

  test('has a headline of 1 to 200 characters, not counting the space around it', () => {
    const told = ['headline: must have 1 to 200 characters']
    expect(opening({ headline: 'x' })).toEqual([])
    expect(opening({ headline: ` ${'x'.repeat(200)} ` })).toEqual([])
    expect(opening({ headline: 'x'.repeat(201) })).toEqual(told)
    expect(opening({ headline: '' })).toEqual(told)
    expect(opening({ headline: ' \n\t ' })).toEqual(told)
    expect(opening({ headline: 7 })).toEqual(['headline: must be text'])
    expect(opening({ headline: undefined })).toEqual(['headline: must be text'])
  })

  test('has a standfirst of at most 600 characters', () => {
    expect(opening({ standfirst: 'x'.repeat(600) })).toEqual([])
    expect(opening({ standfirst: 'x'.repeat(601) })).toEqual(['standfirst: must have at most 600 characters'])
  })

  test('holds nothing that cannot be stored or shown', () => {
    for (const text of ['a\u0000b', 'a\u0007b', 'a\u007fb', 'a\ud800b', '\udc00']) {
      expect(opening({ headline: text })).toEqual(['headline: contains characters that cannot be shown'])
      expect(opening({ standfirst: text })).toEqual(['standfirst: contains characters that cannot be shown'])
    }
  })

  test('has an address of small letters, digits and single hyphens', () => {
    const told = 'may have small letters a–z, digits and single hyphens between them'
    for (const good of ['bridge', '2026', 'bridge-2026-01', 'x'.repeat(100)]) expect(opening({ slug: good })).toEqual([])
    for (const bad of ['Bridge', 'мост', 'a--b', '-a', 'a-', 'a b', 'a/b', '../a', 'a_b', 'a\n'])
      expect(opening({ slug: bad })).toEqual([`slug: ${told}`])
    expect(opening({ slug: 'x'.repeat(101) })).toEqual(['slug: must have 1 to 100 characters'])
    expect(complaints(slug.safeParse(''))).toContain(': must have 1 to 100 characters')
  })

  test('has a language and a time zone that are known', () => {
    for (const language of ['en', 'uk', 'pt-BR', 'zh-Hant-TW']) expect(opening({ language })).toEqual([])
    for (const language of ['', 'english language', 'e', 'en_US', 'en-', 'en\u0000']) {
      expect(opening({ language })).toEqual(['language: must be a language tag like en or pt-BR'])
    }
    for (const timeZone of ['UTC', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires']) expect(opening({ timeZone })).toEqual([])
    for (const timeZone of ['', 'Kyiv', 'Europe/Nowhere', 'Europe/Kyiv ']) {
      expect(opening({ timeZone })).toEqual(['timeZone: must be a time zone like Europe/Kyiv'])
    }
  })

  test('has nothing else', () => {
    expect(opening({ id: '01900000-0000-7000-8000-000000000000' })).toEqual([': Unrecognized key: "id"'])
    expect(opening({ status: 'archived' })).toHaveLength(1)
  })
})

describe('changes to a story', () => {
  test('change something', () => {
    expect(complaints(storyChanges.safeParse({}))).toEqual([': must change something'])
    expect(complaints(storyChanges.safeParse({ headline: undefined }))).toEqual([': must change something'])
    expect(storyChanges.parse({ standfirst: '' })).toEqual({ standfirst: '' })
  })

  test('keep to the same limits', () => {
    expect(complaints(storyChanges.safeParse({ headline: '', timeZone: 'Kyiv' }))).toEqual([
      'headline: must have 1 to 200 characters',
      'timeZone: must be a time zone like Europe/Kyiv',
    ])
  })

  test('do not move it to another address', () => {
    expect(complaints(storyChanges.safeParse({ slug: 'elsewhere' }))).toContain(': Unrecognized key: "slug"')
  })
})

describe('a time', () => {
  test('is kept in UTC and milliseconds', () => {
    expect(instantInput.parse('2026-01-31T14:05:00Z')).toBe('2026-01-31T14:05:00.000Z')
    expect(instantInput.parse('2026-01-31T14:05:00.123456+02:00')).toBe('2026-01-31T12:05:00.123Z')
  })

  test.each([
    '',
    'today',
    '2026-01-31',
    '2026-01-31 14:05:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T14:05:00',
    '0000-06-01T00:00:00Z',
  ])('is not %j', (text) => {
    expect(complaints(instantInput.safeParse(text))).toEqual([': must be a time like 2026-01-31T14:05:00Z'])
  })

  const ends = fc.constantFrom('0000-01-01T00:00:00', '0000-12-31T23:59:59.999', '0001-01-01T00:00:00', '9999-12-31T23:59:59.999')
  const anyTime = fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  const anyOffset = fc
    .record({ sign: fc.constantFrom('+', '-'), hours: fc.nat({ max: 23 }), minutes: fc.nat({ max: 59 }) })
    .map(({ sign, hours, minutes }) => `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)

  test.prop([
    fc.oneof(
      ends,
      anyTime.map((date) => date.toISOString().slice(0, -1)),
    ),
    anyOffset,
  ])('that is taken can be read back', (local, offset) => {
    const taken = instantInput.safeParse(local + offset)
    const year = new Date(local + offset).getUTCFullYear()
    expect(taken.success).toBe(year >= 1 && year <= 9999)
    if (taken.success) expect(instant.parse(taken.data)).toBe(new Date(local + offset).toISOString())
  })
})
