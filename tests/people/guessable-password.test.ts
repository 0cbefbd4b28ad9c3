import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { commonPasswords } from '#lib/people/common-passwords.ts'
import { isGuessablePassword } from '#lib/people/guessable-password.ts'
import { shortestPassword } from '#lib/people/listed-person.ts'

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
/** Four or five characters that an alphabet, a keyboard or a row of digits has in this order, or one of them several times. */
const run = fc.oneof(
  fc.constantFrom('1234', '56789', '4321', 'abcde', 'wxyz', 'edcba', 'qwert', 'asdf', 'lkjh', '1qaz', 'йцуке', 'абвг'),
  fc.tuple(letter, fc.integer({ min: 3, max: 6 })).map(([character, count]) => character.repeat(count)),
)
const inAnyCase = (text: string) =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((isUpper) => {
    return [...text].map((character, at) => (isUpper[at] ? character.toUpperCase() : character)).join('')
  })

test('the list has some thousand common passwords, each long enough to be tried here, in lower case and once', () => {
  expect(commonPasswords.length).toBeGreaterThan(1_000)
  expect(new Set(commonPasswords).size).toBe(commonPasswords.length)
  for (const password of commonPasswords) {
    expect(password.length).toBeGreaterThanOrEqual(shortestPassword)
    expect(password).toBe(password.toLowerCase())
  }
})

property.prop([fc.constantFrom(...commonPasswords).chain(inAnyCase)])('a common password is guessable in any case', (password) => {
  expect(isGuessablePassword(password)).toBe(true)
})

property.prop([letter, fc.integer({ min: 10, max: 128 })])('one character repeated is guessable', (character, length) => {
  expect(isGuessablePassword(character.repeat(length))).toBe(true)
})

property.prop([fc.string({ minLength: 1, maxLength: 4 }), fc.integer({ min: 10, max: 40 })])('a short text repeated is guessable', (unit, length) => {
  expect(isGuessablePassword(unit.repeat(length).slice(0, length))).toBe(true)
})

property.prop([fc.array(run, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '-', '!')])(
  'up to four runs in a row are guessable, also with a symbol between them',
  (runs, between) => {
    expect(isGuessablePassword(runs.join(between))).toBe(true)
  },
)

test('runs that share a letter are told apart so that they are fewest', () => {
  expect(isGuessablePassword('12341234qwertyyy')).toBe(true)
})

property.prop([
  fc.stringMatching(/^[A-Z][a-z]{2,9}$/),
  fc.stringMatching(/^[A-Z][a-z]{2,9}$/),
  fc.stringMatching(/^[a-z]{3,9}$/),
  fc.integer({ min: 1950, max: 2030 }),
])('a password made of its owner’s name, address and a year is guessable, and only for that owner', (first, last, company, year) => {
  const about = [`${first} ${last}`, `${first}.${last}@${company}.example.org`.toLowerCase()]
  for (const password of [`${first}${last}${year}`, `${last}-${first}!!`, `${first}.${last}@${company}.example.org`, `${company}${first}123`]) {
    expect(isGuessablePassword(password, about), password).toBe(true)
  }
})

property.prop([fc.uuid(), fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 3 })])(
  'a random password is taken, whatever is known of its owner',
  (password, about) => {
    expect(
      isGuessablePassword(
        password,
        about.filter((text) => !password.includes(text)),
      ),
    ).toBe(false)
  },
)

property.prop([fc.string({ unit: 'binary', maxLength: 128 }), fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 })])(
  'any text has an answer',
  (password, about) => {
    expect(typeof isGuessablePassword(password, about)).toBe('boolean')
  },
)

describe('well-known examples', () => {
  test.each([
    '123456789012',
    'abcdefghijkl',
    'Password123!',
    'P@ssw0rd2024',
    'Pa$$w0rd!!',
    'staytuned2026',
    'Newsroom-Admin',
    'qwertz123456',
    'ПАРОЛЬ12345',
    '1Qaz2Wsx3Edc',
  ])('%s is guessable', (password) => {
    expect(isGuessablePassword(password)).toBe(true)
  })
  test.each(['correct-horse-battery', 'a-password-of-mine', '7^&k#@!x(*', 'Xk4pQz81mB', 'зелений чай вранці', 'أحب القهوة صباحا'])(
    '%s is taken',
    (password) => {
      expect(isGuessablePassword(password)).toBe(false)
    },
  )
  test('a name counts for its owner alone, with or without its accents', () => {
    expect(isGuessablePassword('Mueller-Jörg-1984', ['Jörg Mueller'])).toBe(true)
    expect(isGuessablePassword('jorg.mueller.84', ['Jörg Mueller'])).toBe(true)
    expect(isGuessablePassword('Mueller-Jörg-1984')).toBe(false)
    expect(isGuessablePassword('li.wu@x.org', ['li.wu@x.org'])).toBe(true)
  })
})
