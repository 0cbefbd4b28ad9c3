import fc from 'fast-check'
import type { Block, Body, Inline, ListItem, Mark } from '#lib/story/body.ts'
import { printableText } from '../story/arbitraries.ts'

// Documents as the parser makes them: neighbours with the same marks are one text, code is the innermost mark, a paragraph
// begins and ends with something to read, every attribute is there, and what looks like an address is a link.

/**
 * What Markdown has no reference for: next to a mark that ends, some of it can't be written at all.
 *
 * @see https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
const withoutReference = /(?!\t)[\p{Cc}\p{Noncharacter_Code_Point}]/gu

/** Text of one line that holds nothing a parser would make a link of by itself. */
const lineOfText = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'The bridge',
        ' is closed',
        '.',
        '“Yes”, he said',
        'Міст',
        'الجسر',
        '橋',
        '👩‍👩‍👧',
        ' ',
        '  ',
        'a\tb',
        'x',
        '!',
        '1',
        'a_b',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '*',
        '**',
        '_',
        '~',
        '~~',
        '`',
        '``',
        '[a](b)',
        '![a](b)',
        '<b>',
        '&amp;',
        '\\',
        '|',
        '# ',
        '> ',
        '- ',
        '1. ',
        '---',
        '===',
      ),
    },
    { weight: 1, arbitrary: printableText },
  )
  .map((text) =>
    text
      .replace(/[\r\n]/g, ' ')
      .replace(withoutReference, '-')
      .replace(/@|:\/\/|www\./gi, '-'),
  )

const address = fc.constantFrom(
  'https://example.org/',
  'http://example.org/a_(b)?c=d&e=*f*#g',
  'HTTPS://EXAMPLE.ORG',
  'https://приклад.укр/шлях',
  'https://example.org/a b/"c"/<d>/\\e',
  'https://example.org/((',
  'https://[::1]:8080/',
)

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom<Mark>({ type: 'bold' }, { type: 'italic' }, { type: 'strike' }),
  fc.oneof(address, fc.constant('mailto:desk@example.org')).map((href): Mark => ({ type: 'link', attrs: { href } })),
)

const marks = fc
  .record({ outer: fc.uniqueArray(mark, { maxLength: 4, selector: ({ type }) => type }), isCode: fc.nat({ max: 4 }).map((chance) => chance === 0) })
  .map(({ outer, isCode }): Mark[] => (isCode ? [...outer, { type: 'code' }] : outer))

const text = fc
  .record({ text: lineOfText, marks })
  .map(({ text, marks }): Inline => (marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks }))

const line = fc.array(text, { minLength: 1, maxLength: 5 })

const paragraph = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => trimmed(joined(lines.flatMap((line, index): Inline[] => (index === 0 ? line : [{ type: 'hardBreak' }, ...line])))))
  .map((content): Block => ({ type: 'paragraph', content: content.length > 0 ? content : [{ type: 'text', text: 'x' }] }))

const title = fc.option(fc.constantFrom('A title', 'with "quotes"', "and 'others' \\", '(round)'))

const leaf: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  fc
    .record({ level: fc.constantFrom(3 as const, 4 as const), content: fc.oneof(fc.constant([]), line) })
    .map(({ level, content }): Block => ({ type: 'heading', attrs: { level }, content: joined(content) })),
  fc
    .record({ language: fc.option(fc.constantFrom('ts', 'c++', 'a b', '~', '`')), code: fc.array(lineOfText, { maxLength: 3 }) })
    .map(({ language, code }): Block => ({ type: 'codeBlock', attrs: { language }, ...codeContent(code.join('\n')) })),
  fc.constant<Block>({ type: 'horizontalRule' }),
  fc
    .record({ src: fc.oneof(address, fc.constant('/media/019a0000-0000-7000-8000-000000000001')), alt: fc.oneof(fc.constant(''), lineOfText), title })
    .map((attrs): Block => ({ type: 'image', attrs })),
  fc.record({ url: address, title }).map((attrs): Block => ({ type: 'linkCard', attrs })),
)

const { block } = fc.letrec<{ block: Block; item: ListItem; container: Block }>((tie) => {
  const blocks = fc.array(tie('block'), { minLength: 1, maxLength: 3 })
  const items = fc.array(tie('item'), { minLength: 1, maxLength: 3 })
  return {
    block: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: tie('container') }),
    item: fc
      .oneof({ weight: 5, arbitrary: blocks }, fc.constant<Block[]>([{ type: 'paragraph' }]))
      .map((content): ListItem => ({ type: 'listItem', content })),
    container: fc.oneof(
      blocks.map((content): Block => ({ type: 'blockquote', content })),
      items.map((content): Block => ({ type: 'bulletList', content })),
      fc
        .record({ start: fc.constantFrom(0, 1, 2, 99, 999_999), content: items })
        .map(({ start, content }): Block => ({ type: 'orderedList', attrs: { start }, content })),
    ),
  }
})

/** A document in the one form that its Markdown is read back as. */
export const normalDocument: fc.Arbitrary<Body> = fc.array(block, { maxLength: 5 }).map((content) => ({ type: 'doc', content }))

/** Text full of what means something in Markdown. */
export const markdownLike: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ...'*_~`[]()!<>#-+=|\\:&;/^"\' \n\ta1.x',
    '\r\n',
    '\n\n',
    '    ',
    '**',
    '![',
    '](https:x.org)',
    '[a]: https:x.org\n',
    '```\n',
    '<b>',
    '&#9;',
    '\n- ',
    '\n> ',
  ),
  maxLength: 30,
})

function codeContent(code: string) {
  return code === '' ? {} : { content: [{ type: 'text' as const, text: code }] }
}

function joined(nodes: readonly Inline[]): Inline[] {
  const result: Inline[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text' && JSON.stringify(node.marks) === JSON.stringify(last.marks)) {
      result[result.length - 1] = { ...last, text: last.text + node.text }
    } else result.push(node)
  }
  return result
}

function trimmed(nodes: Inline[]): Inline[] {
  const isBlank = (node: Inline | undefined) => node !== undefined && (node.type === 'hardBreak' || node.text.trim() === '')
  if (isBlank(nodes[0])) return trimmed(nodes.slice(1))
  return isBlank(nodes.at(-1)) ? trimmed(nodes.slice(0, -1)) : nodes
}
