import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type EntryText, fields, sameText } from '#components/desk/entry-text.ts'
import { differences, merged } from '#components/desk/merge-text.ts'
import type { Body } from '#lib/story/body.ts'

const body = (text: string): Body => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })

const anyText: fc.Arbitrary<EntryText> = fc.record({
  title: fc.constantFrom('', 'One', 'Two'),
  body: fc.constantFrom('a', 'b', 'c').map(body),
  key: fc.boolean(),
  breaking: fc.boolean(),
  pinned: fc.boolean(),
  tags: fc.constantFrom('', 'a, b'),
  claims: fc.constantFrom('', 'Ana: it holds.'),
  author: fc.constantFrom('', 'Ana', 'Ben'),
  occurredAt: fc.constantFrom('', '2026-01-01T10:00'),
  publishAt: fc.constantFrom('', '2026-01-02T10:00'),
})

describe('two texts that began as one', () => {
  test.prop([anyText, anyText, anyText])(
    'are put together so that what either has changed alone is there, and what both have is mine',
    (base, mine, theirs) => {
      const together = merged(mine, theirs, differences(base, mine, theirs))
      for (const field of fields) {
        const [was, my, their] = [base, mine, theirs].map((text) => JSON.stringify(text[field]))
        expect(JSON.stringify(together[field])).toBe(my === was ? their : my)
      }
    },
  )

  test.prop([anyText, anyText, anyText])('are one of the two if all is chosen from it', (base, mine, theirs) => {
    const all = (side: 'mine' | 'theirs') => Object.fromEntries(Object.keys(differences(base, mine, theirs)).map((field) => [field, side]))
    expect(sameText(merged(mine, theirs, all('theirs')), theirs)).toBe(true)
    expect(sameText(merged(mine, theirs, all('mine')), mine)).toBe(true)
  })
})
