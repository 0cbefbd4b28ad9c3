import { commonPasswords } from './common-passwords.ts'

/** A password with fewer parts that a guesser can't predict is refused. See {@link unpredictableParts}. */
const minUnpredictableParts = 5

/** A shorter run than this is common in words, like "no" or "er". */
const minRunLength = 3

/** Characters in the order of the alphabet and of keyboards, along their rows and up and down their columns. */
const knownOrders = [
  '012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzabc',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'йцукенгшщзхї',
  'фівапролджє',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
].flatMap((order) => [fold(order), reverse(fold(order))])

/** Words that people build passwords from at work, besides their names. */
const baseWords = [
  'password',
  'passwort',
  'passwd',
  'passw',
  'staytuned',
  'newsroom',
  'editor',
  'admin',
  'administrator',
  'welcome',
  'willkommen',
  'letmein',
  'iloveyou',
  'changeme',
  'secret',
  'geheim',
  'default',
  'login',
  'пароль',
]
  .map(fold)
  .toSorted(longestFirst)

const common = new Set(commonPasswords.map(fold))

/**
 * Tells whether a guesser would try the password early, because it is in the list of common ones, follows a simple pattern (one character repeated,
 * 1234567890, abcdefghij, a row of a keyboard), or is little more than a word of `about`, such as its owner's name and email address.
 * Ignores case, accents and digits in the place of letters. Costs well under a millisecond for 128 characters, and grows with the square
 * of the length: check the length first.
 */
export function isGuessablePassword(password: string, about: readonly string[] = []): boolean {
  const ownWords = about.flatMap(wordsIn).toSorted(longestFirst)
  const folded = fold(password)
  return [folded, withoutLeet(folded)].some((text) => common.has(text) || unpredictableParts(repeatedUnit(text), ownWords) < minUnpredictableParts)
}

/**
 * Counts what a guesser can't predict. One part each: all of the owner's own words together, each base word, each year, each run, each
 * other letter or digit, and each symbol besides the first.
 */
function unpredictableParts(text: string, ownWords: readonly string[]): number {
  let rest = text
  for (const word of ownWords) rest = rest.replaceAll(word, '')
  let parts = rest === text ? 0 : 1
  for (const word of baseWords) {
    if (!rest.includes(word)) continue
    parts += 1
    rest = rest.replaceAll(word, '')
  }
  rest = rest.replace(/(?:19|20)\d\d/g, () => {
    parts += 1
    return ''
  })
  const symbols = new Set(rest.match(/[^\p{L}\p{N}]/gu))
  parts += Math.max(0, symbols.size - 1)
  return parts + fewestRuns([...rest.replace(/[^\p{L}\p{N}]/gu, '')])
}

/** Returns the least number of runs and single characters that a text is made of. The longest run first isn't always best: in qwertyyy. */
function fewestRuns(characters: readonly string[]): number {
  /** By where the rest begins. */
  const fewest: number[] = []
  fewest[characters.length] = 0
  for (let at = characters.length - 1; at >= 0; at -= 1) {
    let least = fewest[at + 1] ?? 0
    const longest = runLengthAt(characters, at)
    for (let length = minRunLength; length <= longest; length += 1) least = Math.min(least, fewest[at + length] ?? least)
    fewest[at] = least + 1
  }
  return fewest[0] ?? 0
}

/** Returns the length of the longest run that begins there, like aaa, 3456 or qwert; 1 where none does. */
function runLengthAt(characters: readonly string[], start: number): number {
  let end = start + 2
  while (end <= characters.length && isRun(characters.slice(start, end))) end += 1
  const length = end - 1 - start
  return length >= minRunLength ? length : 1
}

/** Tells whether each character repeats its neighbour, or is the next or previous one in its script, or all stand in that order on a keyboard. */
function isRun(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)))
  const [step = 0] = steps
  if (steps.size === 1 && Math.abs(step) <= 1) return true
  const text = characters.join('')
  return knownOrders.some((order) => order.includes(text))
}

/** Returns what a text repeats, like ab of ababab; the text itself if it repeats nothing. The last repetition may be cut off. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    if (text.slice(length) === text.slice(0, -length)) return text.slice(0, length)
  }
  return text
}

/** Returns a name or an email address, its parts and its words, those that are long enough to be recognized within a password. */
function wordsIn(text: string): string[] {
  const folded = fold(text)
  const parts = [folded, ...folded.split('@')]
  const withoutSymbols = parts.map((part) => part.replace(/[^\p{L}\p{N}]/gu, ''))
  return [...parts, ...withoutSymbols, ...folded.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3)
}

const leet: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

/** Puts letters in the place of digits and symbols within a word. Digits at its end stay: they are a year or a run more often. */
function withoutLeet(text: string): string {
  return text.replace(/[013457@$!](?=[013457@$!]{0,2}\p{L})/gu, (character) => leet[character] ?? character)
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function reverse(text: string): string {
  return [...text].reverse().join('')
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length
}
