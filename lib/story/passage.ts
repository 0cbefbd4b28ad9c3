/** A piece of text in parts, of which some were looked for. */
export type Passage = readonly { readonly text: string; readonly isFound: boolean }[]

const before = 60
const length = 220

/** The part of a text around the first of the words (lower case; each the beginning of a word), with every one of them marked. */
export function passageAround(text: string, words: readonly string[]): Passage {
  const line = text.replace(/\s+/g, ' ').trim()
  const looksFor = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(?:${words.join('|')})[\\p{L}\\p{N}\\p{M}]*`, 'giu')
  const first = Math.max(line.search(looksFor), 0)
  const start = first <= before ? 0 : spaceNear(line, first - before, -before) + 1
  const end = line.length <= start + length ? line.length : spaceNear(line, start + length, -before)
  const piece = `${start > 0 ? '… ' : ''}${line.slice(start, end)}${end < line.length ? ' …' : ''}`
  const found = [...piece.matchAll(looksFor)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const cuts = [0, ...found.flatMap(({ from, to }) => [from, to]), piece.length]
  return cuts
    .slice(1)
    .map((cut, index) => ({ text: piece.slice(cuts[index], cut), isFound: index % 2 === 1 }))
    .filter(({ text }) => text !== '')
}

/** Where the last space before `place` is, if it is no farther than that; else `place` itself, in languages that write none. */
function spaceNear(line: string, place: number, farthest: number): number {
  const space = line.lastIndexOf(' ', place)
  return space >= place + farthest ? space : place
}
