// What was erased, as it can be found again: sentence by sentence, without anything that markup, escapes or spaces could change.

/** Fields that say nothing of their own: what kind of thing it is, who signs everything, which of our own pictures it is. */
const silent = new Set(['id', 'type', 'src', 'language', 'author', 'standing', 'state'])

/** How many letters tell: fewer stand in too many texts to be a trace of one; so many are looked for at once, each beginning so far after the last. */
type Measure = { readonly fewest: number; readonly window: number; readonly step: number; readonly few: number }
const letters: Measure = { fewest: 16, window: 40, step: 20, few: 6 }
/** Of a script whose letters are syllables or words. */
const syllables: Measure = { fewest: 6, window: 12, step: 6, few: 2 }
const syllable = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const instantLike = /^\d{4}-\d\d-\d\dT/
const uuidLike = /^[\da-f]{8}-[\da-f-]{27}$/

/**
 * What these texts can be found by, each once, as {@link squeeze} leaves it: every sentence, a long one by its parts, since a page may
 * show a part of it; and the text as a whole, for sentences that are too short. Where nothing tells enough, the texts that tell a little.
 */
export function tracesOf(texts: readonly string[]): string[] {
  const telling = texts.flatMap((text) => [text, ...sentences(text)].map(squeeze).flatMap(windows))
  return [...new Set(telling.length > 0 ? telling : texts.map(squeeze).filter((text) => text.length >= measureOf(text).few))]
}

function measureOf(squeezed: string): Measure {
  return syllable.test(squeezed) ? syllables : letters
}

/** The parts that a squeezed text is looked for by: the whole, if it isn't long; none, if it is too short. */
function windows(squeezed: string): string[] {
  const { fewest, window, step } = measureOf(squeezed)
  if (squeezed.length < fewest) return []
  const parts = [squeezed.slice(-window)]
  for (let start = 0; start + window < squeezed.length; start += step) parts.push(squeezed.slice(start, start + window))
  return parts
}

/** What these values hold as text: each piece, and where marks cut a line into pieces the whole line too. */
export function textsOf(values: unknown): string[] {
  const texts: string[] = []
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (!silent.has(key) && !instantLike.test(value) && !uuidLike.test(value)) texts.push(value)
    } else if (Array.isArray(value)) {
      const line = value.flatMap(textIn).join('')
      if (line !== '') texts.push(line)
      for (const each of value) walk(each, key)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) walk(each, name)
    }
  }
  walk(values, '')
  return texts
}

/** The text of a node that is one. */
function textIn(node: unknown): string[] {
  return typeof node === 'object' && node !== null && 'text' in node && 'type' in node && typeof node.text === 'string' ? [node.text] : []
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' })

function sentences(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** The letters and digits of a text in small letters, and nothing between them. */
export function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/** Whether one of the traces is in an answer: a page, a document of JSON, lines of it, or any other text. */
export function isTraced(traces: readonly string[], answer: string): boolean {
  const looked = [answer, ...readings(answer)].map(squeeze)
  return traces.some((trace) => looked.some((text) => text.includes(trace)))
}

/** The answer as it reads without what it is written in: JSON its texts, of a page what stands on it, in its attributes and in its scripts. */
function readings(answer: string): string[] {
  const json = asJson(answer)
  if (json !== undefined) return textsIn(json)
  const lines = answer.split('\n').map(asJson)
  if (lines.length > 1 && lines.some((line) => line !== undefined)) return lines.flatMap(textsIn)
  const scripts = Array.from(answer.matchAll(/<script[^>]*>(.*?)<\/script>/gs), ([, script = '']) => asJson(script))
  return [unescaped(answer), unescaped(answer.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, '')), ...scripts.flatMap(textsIn)]
}

function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** All texts of a value in a row, and those of text nodes alone: nothing is then between the pieces of a sentence. */
function textsIn(value: unknown): string[] {
  const all: string[] = []
  const nodes: string[] = []
  JSON.stringify(value, (key, each: unknown) => {
    if (typeof each === 'string') {
      all.push(each)
      if (key === 'text') nodes.push(each)
    }
    return each
  })
  return [all.join(' '), nodes.join('')]
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function unescaped(html: string): string {
  return html.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,6}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
