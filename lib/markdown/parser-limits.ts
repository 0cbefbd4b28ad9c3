// The parser takes ever longer the deeper lists, quotes and marks stand in each other: minutes for what fits in a few
// kilobytes, and then it gives up. Nobody means such a text; who sends it must not stop everything else.

/** How far to the right, in characters, a list or a quote may begin. */
const mostIndent = 60

/** What a line may begin with before its words: spaces, and the marks of quotes, lists and numbered lists. */
const leadingMarks = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/
const leadingMark = /[->+*.)]/
const rule = /^[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*$/

/** The same text, with the marks that would begin a list or a quote further right than anybody means to made plain text. */
export function withoutDeepNesting(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => {
      const marks = leadingMarks.exec(line)?.[0] ?? ''
      const offset = marks.length > mostIndent && !rule.test(line) ? marks.slice(mostIndent).search(leadingMark) : -1
      return offset === -1 ? line : `${line.slice(0, mostIndent + offset)}\\${line.slice(mostIndent + offset)}`
    })
    .join('\n')
}

/** How many times emphasis, links and the like may begin or end. */
const mostMarks = 1_000
const markBeginOrEnd = /\[|[*~]+|(?<!\w)_+|_+(?!\w)/g

/** Whether there are more marks in the text than the parser can pair in a moment. */
export function isTangled(markdown: string): boolean {
  return (markdown.match(markBeginOrEnd)?.length ?? 0) > mostMarks
}
