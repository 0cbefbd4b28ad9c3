import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { isPinAlone, newUpdate, updateChanges, withdrawal } from '#lib/story/update.ts'

function complaints(result: z.ZodSafeParseResult<unknown>): string[] {
  return result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []
}

describe('a new update', () => {
  const publishing = (fields: object) => complaints(newUpdate.safeParse({ body: 'The bridge is closed.', ...fields }))

  test('needs nothing but a body', () => {
    expect(newUpdate.parse({ body: 'The bridge is closed.' })).toEqual({
      title: null,
      body: 'The bridge is closed.',
      language: null,
      occurredAt: null,
      key: false,
      breaking: false,
      claims: [],
      status: 'published',
      tags: [],
      pinned: false,
      publishAt: null,
      hold: 0,
    })
    expect(complaints(newUpdate.safeParse({}))).toEqual(['body: must be Markdown text or a document'])
    expect(publishing({ body: null })).toEqual(['body: must be Markdown text or a document'])
  })

  test('has a title of at most 200 characters, or none', () => {
    expect(publishing({ title: 'x'.repeat(200) })).toEqual([])
    expect(publishing({ title: 'x'.repeat(201) })).toEqual(['title: must have at most 200 characters'])
    expect(newUpdate.parse({ title: ' Closed\n again ', body: 'x' }).title).toBe('Closed again')
    expect(newUpdate.parse({ title: ' \n ', body: 'x' }).title).toBeNull()
    expect(newUpdate.parse({ title: null, body: 'x' }).title).toBeNull()
  })

  test('has a title that can be stored and shown', () => {
    for (const title of ['a\u0000', 'a\ud800']) expect(publishing({ title })).toEqual(['title: contains characters that cannot be shown'])
  })

  test('has at most 64 KB of Markdown', () => {
    expect(publishing({ body: 'x'.repeat(64 * 1024) })).toEqual([])
    expect(publishing({ body: 'x'.repeat(64 * 1024 + 1) })).toEqual(['body: is too long'])
  })

  test('has a time to be published at only as a draft', () => {
    const publishAt = '2026-01-31T14:05:00+02:00'
    expect(newUpdate.parse({ body: 'x', status: 'draft', publishAt }).publishAt).toBe('2026-01-31T12:05:00.000Z')
    expect(publishing({ publishAt })).toEqual(['publishAt: goes with status draft: it says when the draft is to be published'])
    expect(publishing({ status: 'draft', publishAt: 'soon' })).toEqual(['publishAt: must be a time like 2026-01-31T14:05:00Z'])
  })

  test('is not made by whoever sends it to look like another', () => {
    for (const field of ['id', 'seq', 'version', 'authorId', 'publishedAt', 'corrections', 'withdrawal']) {
      expect(publishing({ [field]: 1 })).toEqual([`: Unrecognized key: "${field}"`])
    }
  })
})

describe('changes to an update', () => {
  const changing = (changes: object) => complaints(updateChanges.safeParse(changes))

  test('are to what it says', () => {
    expect(updateChanges.parse({ title: '' })).toEqual({ title: null })
    expect(updateChanges.parse({ body: 'x', correction: { note: ' Not  closed. ' } })).toEqual({ body: 'x', correction: { note: 'Not closed.' } })
    expect(updateChanges.parse({ status: 'published' })).toEqual({ status: 'published' })
    expect(updateChanges.parse({ occurredAt: null, publishAt: null, key: true })).toEqual({ occurredAt: null, publishAt: null, key: true })
  })

  test('or to whether it is pinned', () => {
    expect(updateChanges.parse({ pinned: false })).toEqual({ pinned: false })
    expect(isPinAlone(updateChanges.parse({ pinned: false }))).toBe(true)
    expect(isPinAlone(updateChanges.parse({ pinned: true, title: 'x' }))).toBe(false)
    expect(changing({ pinned: 'yes' })).not.toEqual([])
  })

  test('change something', () => {
    expect(changing({})).toEqual([': must change something'])
    expect(changing({ title: undefined })).toEqual([': must change something'])
  })

  test('keep to the limits', () => {
    expect(changing({ title: 'x'.repeat(201) })).toEqual(['title: must have at most 200 characters'])
    expect(changing({ correction: { note: '' } })).toEqual(['correction.note: must have 1 to 500 characters'])
    expect(changing({ correction: { note: 'x'.repeat(501) } })).toEqual(['correction.note: must have 1 to 500 characters'])
    expect(changing({ body: { type: 'doc', content: [] } })).toEqual(['body: must not be empty'])
  })

  test('do not withdraw it', () => {
    expect(changing({ status: 'withdrawn' })).not.toEqual([])
    expect(changing({ withdrawal: { notice: 'x' } })).not.toEqual([])
  })
})

describe('a withdrawal', () => {
  test('has a notice of 1 to 500 characters', () => {
    expect(withdrawal.parse({ notice: ' Taken\ndown. ' })).toEqual({ notice: 'Taken down.' })
    for (const notice of ['', ' ', 'x'.repeat(501)]) {
      expect(complaints(withdrawal.safeParse({ notice }))).toEqual(['notice: must have 1 to 500 characters'])
    }
    expect(complaints(withdrawal.safeParse({}))).toEqual(['notice: must be text'])
  })
})
