// What the parser takes grows faster than the number of blocks and marks: minutes and gigabytes for what fits into 64 KB. So they are counted
// before a text is parsed. Texts that people write have far fewer than these limits: as JSON, a block takes 60 bytes or more of the 64 KB.

export const markdownLimits = { lines: 4_000, blocks: 1_000, marks: 3_000 } as const

/** What of a text is more than its limit. */
export type TooComplex = keyof typeof markdownLimits

/** The marks that a line begins with, of quotes, lists and numbered lists. */
const containers = /^(?:[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))*/
const container = />|[-+*](?=[ \t]|$)|\d[.)]/g
const quote = /^[ \t]*>/
/** A heading, a fence, HTML, a rule, or the line below a heading, after those. */
const block = /^[ \t]*(?:#|`{3}|~{3}|<|[-*_=][-*_= \t]*$)/
/** What may begin or end code, an entity, HTML, an escape, a picture or a bare link. */
const mark = /`+|[&<\\!@]|:\/\/|www\.| {2}$/gim
/** Cells cost less, and a table has many. */
const cellsPerMark = 4

/** Returns what the text has too much of for the parser, or null. Reads it once: some milliseconds for 64 KB. */
export function tooComplex(markdown: string): TooComplex | null {
  const lines = markdown.split(/\r\n?|\n/)
  if (lines.length > markdownLimits.lines) return 'lines'
  let blocks = 0
  let before = { isBlank: true, isQuote: false }
  for (const line of lines) {
    const containerMarks = containers.exec(line)?.[0] ?? ''
    const rest = line.slice(containerMarks.length)
    const isBlank = rest.trim() === ''
    const isQuote = quote.test(line)
    blocks += containerMarks === '' ? 0 : (containerMarks.match(container)?.length ?? 0)
    // The next line of the same quote begins nothing.
    if (isQuote && before.isQuote && !before.isBlank) blocks -= 1
    if (!isBlank && (before.isBlank || rest.includes('|') || block.test(rest))) blocks += 1
    before = { isBlank, isQuote }
  }
  if (blocks > markdownLimits.blocks) return 'blocks'
  const cells = markdown.split('|').length - 1
  return (markdown.match(mark)?.length ?? 0) + cells / cellsPerMark > markdownLimits.marks ? 'marks' : null
}
