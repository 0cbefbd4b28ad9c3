import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { tooComplex } from '#lib/markdown/complexity.ts'
import { bodyFromMarkdown } from '#lib/markdown/parse.ts'
import { body, bodyLimits } from '#lib/story/body.ts'
import { normalDocument } from './documents.ts'
import { markdownFromBody } from './write.ts'

const fill = (piece: string) => piece.repeat(Math.ceil(bodyLimits.bytes / piece.length)).slice(0, bodyLimits.bytes)

const table = (row: string) => `|a|b|\n|-|-|\n${fill(row)}`.slice(0, bodyLimits.bytes)

/** Each fills the 64 KB that a text may have. */
const hostile: Record<string, string> = {
  emphasis: fill('*a* '),
  links: fill('[a](b) '),
  code: fill('`a` '),
  'code without spaces': fill('`a`'),
  'code fences of all lengths': fill(Array.from({ length: 350 }, (_, length) => '`'.repeat(length + 1)).join('a')),
  entities: fill('&amp;'),
  escapes: fill('\\a'),
  lines: fill('a\n'),
  'hard breaks': fill('a\\\n'),
  'breaks by spaces': fill('a  \n'),
  paragraphs: fill('a\n\n'),
  'old Mac paragraphs': fill('> a\r\r'),
  'list items': fill('- a\n'),
  'loose list items': fill('- a\n\n'),
  'empty list items': fill('-\n'),
  numbers: fill('1. a\n'),
  'lists by turns': fill('- a\n1. b\n'),
  'nested lists': fill('- - - - - a\n'),
  'nested quotes': fill('> > > > > > a\n'),
  'quotes in lists in quotes': fill('> - > - a\n'),
  quotes: fill('> a\n\n'),
  'empty quotes': fill('>\n'),
  headings: fill('# a\n'),
  'underlined headings': fill('a\n-\n'),
  rules: fill('---\n'),
  'code blocks': fill('```\n'),
  'indented code': fill('    a\n\n'),
  'rows of a table': table('|a|b|\n'),
  'rows without their outer lines': table('a|b\n'),
  'deep quotes that go on': fill('> > a\n'),
  'one row of many cells': `${fill('|a').slice(0, bodyLimits.bytes / 2)}\n${fill('|-').slice(0, bodyLimits.bytes / 2 - 1)}`,
  definitions: fill('[a]: b\n'),
  footnotes: fill('[^a]: b\n\n'),
  autolinks: fill('<a:b> '),
  addresses: fill('http://a.b '),
  'addresses without a protocol': fill('www.a.bc '),
  'mail addresses': fill('a@b.cd '),
  tags: fill('<a>'),
  brackets: fill('['),
  stars: fill('*'),
  backticks: fill('`'),
  'lone backticks': fill('` '),
  'less-than signs': fill('<'),
  ampersands: fill('&'),
  underscores: fill('a_b_'),
}

describe('the worst that fits into 64 KB', () => {
  test.each(Object.entries(hostile))('%s: is read or refused within five seconds and 300 MB', (_, markdown) => {
    const heap = process.memoryUsage().heapUsed
    const begun = performance.now()
    if (tooComplex(markdown) === null) body.safeParse(bodyFromMarkdown(markdown))
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(300 * 1024 ** 2)
  })
})

describe('a text that a body has room for is not too complex', () => {
  const sentence = 'The quay was closed at *noon* after [two ships](https://example.org/a) collided, said `port-1` & its owner. '
  const of = (kilobytes: number, piece: string) => piece.repeat(Math.floor((kilobytes * 1024) / piece.length))
  const realistic: Record<string, string> = {
    prose: of(45, `${'The quay was closed at noon after two ships collided, said the port & its owner. '.repeat(3)}\n\n`),
    'prose with marks': of(10, `${sentence.repeat(3)}\n\n`),
    'prose in lines of 72 characters': of(60, 'The quay was closed at noon after two ships collided, said the port and\n'),
    'short paragraphs': of(30, 'Traffic is moving again at Tower Bridge, say the police.\n\n'),
    'a list': of(28, '- Bakerloo line: part suspended between Queen’s Park and Harrow & Wealdstone\n'),
    'a table': `|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n${of(38, `| ${'Hammersmith and Fulham'.padEnd(30)} | 1,204 | 37 | 3.1 % | 2026-11-30 | not final |\n`)}`,
    code: `\`\`\`json\n${of(50, '    "name": "value",\n')}`,
    'quoted lines': of(60, '> We will publish the figures as soon as we have checked them.\n'),
  }
  test.each(Object.entries(realistic))('%s', (_, markdown) => {
    expect(tooComplex(markdown)).toBeNull()
    expect(body.safeParse(bodyFromMarkdown(markdown)).success).toBe(true)
  })

  test.prop([normalDocument])('whatever the editor can write', (document) => {
    expect(tooComplex(markdownFromBody(document))).toBeNull()
  })

  test.prop([fc.constantFrom('\n', '\r\n', '\r')])('however its lines end', (end) => {
    expect(tooComplex(`a${end}`.repeat(3_999))).toBeNull()
    expect(tooComplex(`a${end}`.repeat(4_001))).toBe('lines')
    expect(tooComplex(`- a${end}`.repeat(1_001))).toBe('blocks')
  })
})
