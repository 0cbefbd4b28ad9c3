// What was erased, as it can be found again: sentence by sentence, without anything that markup, escapes or spaces could change.

/** Fields that say nothing of their own: what kind of thing it is, who is named with it everywhere, where something is. */
const silent = new Set(['id', 'type', 'src', 'href', 'url', 'language', 'author', 'standing', 'state'])

/** A sentence with fewer letters than this stands in too many texts to be a trace of one. */
const fewestLetters = 16
/** Of a script whose letters are syllables or words. */
const fewestSyllables = 6
const syllable = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const instantLike = /^\d{4}-\d\d-\d\dT/
const uuidLike = /^[\da-f]{8}-[\da-f-]{27}$/

/** The sentences in these texts, each once, as {@link squeeze} leaves them. What is too short to tell anything is left out. */
export function tracesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(sentences).map(squeeze).filter(isTelling))]
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

function isTelling(squeezed: string): boolean {
  return squeezed.length >= (syllable.test(squeezed) ? fewestSyllables : fewestLetters)
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
