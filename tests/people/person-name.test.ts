import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personName } from '#lib/people/listed-person.ts'
import { nameKey } from '#lib/people/name-key.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('Ann', 'É', ' ', '\n', '\u2028', '\u0085', '\u202e', '\u2067', '\u200b', '\0', 'ﬁ')).map((parts) => parts.join('')),
)

describe('a name of a person', () => {
  test('is one line of what can be seen, in one direction, whatever is sent', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = personName.safeParse(text)
        if (!read.success) return
        expect(read.data).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(read.data).toBe(read.data.trim())
        expect(read.data.length).toBeLessThanOrEqual(80)
      }),
    )
  })

  test.each(['Ann', 'Олена Коваль', 'عمر الشريف', "Siobhán O'Neill-Ó", '山田 太郎', 'علی‌رضا'])('may be %s', (name) => {
    expect(personName.parse(` ${name}\n`)).toBe(name)
  })

  test.each(['Ann\u202e', '\u2066Ann', 'Ann\u0007', 'Ann\u0085', '\u200b', ' ', ''])('may not be %j', (name) => {
    expect(personName.safeParse(name).success).toBe(false)
  })

  test('is the same as another in capitals, with other spaces, in another form of Unicode, or with what can’t be seen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const key = nameKey(text)
        expect(nameKey(key)).toBe(key)
        for (const alike of [` ${text}\t`, text.normalize('NFD'), text.normalize('NFKC'), `${text}\u200b`, text.replaceAll(' ', '\u00a0  ')]) {
          expect(nameKey(alike)).toBe(key)
        }
      }),
    )
    expect(nameKey('ＡＮＮ  author')).toBe(nameKey('Ann Author'))
    expect(nameKey('Ann Author')).not.toBe(nameKey('Ann Other'))
  })
})
