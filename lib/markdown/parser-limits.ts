/** How far to the right, in characters, a list or a quote may begin. */
const mostIndent = 60

/** What a line may begin with before the text of it: spaces, and the marks of quotes, lists and numbered lists. */
const leadingMarks = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/
const mark = /[->+*.)]/
const rule = /^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/

/**
 * The same text, with the marks that would begin a list or a quote further right than anybody means to made plain text. The
 * parser takes ever longer the deeper they stand in each other, seconds for a line of a few thousand, and then gives up.
 */
export function shallow(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      const marks = leadingMarks.exec(line)?.[0] ?? ''
      const offset = marks.length > mostIndent && !rule.test(line) ? marks.slice(mostIndent).search(mark) : -1
      return offset === -1 ? line : `${line.slice(0, mostIndent + offset)}\\${line.slice(mostIndent + offset)}`
    })
    .join('\n')
}
