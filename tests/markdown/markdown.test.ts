import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { bodyFromMarkdown } from '#lib/markdown/parse.ts'
import { type Block, type Body, body, type Inline, type Mark, storedBody } from '#lib/story/body.ts'
import { anyBody } from '../story/arbitraries.ts'
import { markdownLike, normalDocument } from './documents.ts'
import { markdownFromBody } from './write.ts'

const lineBreak: Inline = { type: 'hardBreak' }

describe('a document', () => {
  test.prop([normalDocument])('is read back from its Markdown as it was', (document) => {
    expect(storedBody.parse(document)).toEqual(document)
    expect(bodyFromMarkdown(markdownFromBody(document))).toEqual(document)
  })

  test.prop([anyBody])('of any kind has a Markdown that reads as a document', (document) => {
    const read = bodyFromMarkdown(markdownFromBody(document))
    expect(storedBody.parse(read)).toEqual(read)
  })
})

describe('what is easily read as something else', () => {
  const strike: Mark = { type: 'strike' }
  const bold: Mark = { type: 'bold' }
  const rule: Block = { type: 'horizontalRule' }

  test.each<[name: string, ...content: Block[]]>([
    ['struck words next to others', paragraph(text('a', strike), text('b', strike, bold), text('c', bold), text('!d', strike), text('e'))],
    ['underscores next to struck words', paragraph(text('one', strike), text('a_b'), text('_!two', strike), text('c_'))],
    ['the same mark in two orders', paragraph(text('a', bold, strike), text('b', strike, bold), text('c', strike))],
    [
      'text after a quote or a list in an item',
      bulletList([quote(paragraph(text('a'))), paragraph(text('b')), bulletList([paragraph(text('c'))]), paragraph(text('d'))]),
    ],
    ['a rule after text in an item', bulletList([paragraph(text('a')), rule], [rule, paragraph(text('b'))])],
    ['lists in a row that begin with rules', bulletList([rule]), bulletList([rule]), bulletList([rule])],
    ['nothing but empty lists in lists', bulletList([bulletList([bulletList([{ type: 'paragraph' }])])])],
    ['an empty item below text', bulletList([paragraph(text('a')), bulletList([{ type: 'paragraph' }])])],
    ['a number at the beginning', paragraph(text('2026. It was'), lineBreak, text('- so'), lineBreak, text('# so')), paragraph(text('+ so'))],
    ['a table that is none', paragraph(text('a | b'), lineBreak, text('--- | ---'), lineBreak, text('c | d'))],
    ['code in code', { type: 'codeBlock', attrs: { language: null }, content: [{ type: 'text', text: '```\n~~~~\n' }] }],
  ])('%s', (_, ...content) => {
    expect(read(markdownFromBody({ type: 'doc', content }))).toEqual(content)
  })
})

describe('any text', () => {
  test.prop([fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'binary-ascii', maxLength: 200 }))])(
    'is read without an error, and what cannot be kept is refused',
    (text) => {
      const read = bodyFromMarkdown(text)
      expect(body.safeParse(read).success).toBeTypeOf('boolean')
      if (body.safeParse(read).success) expect(storedBody.parse(read)).toEqual(read)
    },
  )

  test.prop([markdownLike], { numRuns: 500 })('full of marks becomes a document that its own Markdown gives back', (text) => {
    const document = bodyFromMarkdown(text)
    expect(storedBody.parse(document)).toEqual(document)
    expect(bodyFromMarkdown(markdownFromBody(document))).toEqual(document)
  })

  test('that nests thousands of lists and quotes in one line is read all the same, and refused', () => {
    for (const marks of ['> ', '>', '- ', '1. ', '> - ', '  + > ', '-\t']) {
      expect(body.safeParse(bodyFromMarkdown(`${marks.repeat(3_000)}words`)).success).toBe(false)
    }
  })

  test('that nests thousands of marks is kept as it is', () => {
    for (const words of [`${'*a _b '.repeat(4_000)}${'c_ d*'.repeat(4_000)}`, `${'!['.repeat(4_000)}a${'](https://x.org)'.repeat(4_000)}`]) {
      expect(read(`One.\n\n${words}`)).toEqual([paragraph(text('One.')), paragraph(text(words))])
    }
  })

  test('keeps a long rule, and long marks in a line that is no list', () => {
    expect(read('- '.repeat(200))).toEqual([{ type: 'horizontalRule' }])
    expect(read('+'.repeat(200))).toEqual([paragraph(text('+'.repeat(200)))])
    expect(read(`${'> '.repeat(8)}words`)).toEqual([Array.from({ length: 8 }).reduce<Block>((content) => quote(content), paragraph(text('words')))])
  })
})

describe('what an editor writes in Markdown', () => {
  const link = (href: string): Mark => ({ type: 'link', attrs: { href } })
  const bold: Mark = { type: 'bold' }
  const italic: Mark = { type: 'italic' }
  const strike: Mark = { type: 'strike' }
  const code: Mark = { type: 'code' }

  test.each<[name: string, markdown: string, ...content: Block[]]>([
    ['paragraphs', 'One.\n\nTwo.', paragraph(text('One.')), paragraph(text('Two.'))],
    ['a wrapped line', 'One\ntwo.', paragraph(text('One two.'))],
    ['line ends of any system', 'One\r\ntwo\rthree.\r\n\r\nFour.', paragraph(text('One two three.')), paragraph(text('Four.'))],
    ['a new line', 'One\\\ntwo  \nthree', paragraph(text('One'), lineBreak, text('two'), lineBreak, text('three'))],
    [
      'marks',
      '**bold**, *italic* and _italic_, ~~struck~~, `code`',
      paragraph(
        text('bold', bold),
        text(', '),
        text('italic', italic),
        text(' and '),
        text('italic', italic),
        text(', '),
        text('struck', strike),
        text(', '),
        text('code', code),
      ),
    ],
    [
      'marks in marks',
      '**all _three ~~at once~~_**',
      paragraph(text('all ', bold), text('three ', bold, italic), text('at once', bold, italic, strike)),
    ],
    ['the same mark twice', '*a _b_ c*', paragraph(text('a b c', italic))],
    ['a link', 'See [the map](https://example.org/map).', paragraph(text('See '), text('the map', link('https://example.org/map')), text('.'))],
    ['a mail address', '[Write](mailto:desk@example.org)', paragraph(text('Write', link('mailto:desk@example.org')))],
    [
      'an address in a line',
      'See https://example.org/map now',
      paragraph(text('See '), text('https://example.org/map', link('https://example.org/map')), text(' now')),
    ],
    [
      'a link whose address stands elsewhere',
      'See [the map][1], [Kyiv] and ![pic][2].\n\n[1]: https://example.org/map\n[kyiv]: https://example.org/kyiv\n[2]: https://example.org/a.png "Title"',
      paragraph(
        text('See '),
        text('the map', link('https://example.org/map')),
        text(', '),
        text('Kyiv', link('https://example.org/kyiv')),
        text(' and '),
      ),
      image('https://example.org/a.png', 'pic', 'Title'),
      paragraph(text('.')),
    ],
    ['an address alone', 'https://example.org/map', card('https://example.org/map')],
    ['an address alone, in brackets', '<https://example.org/map>', card('https://example.org/map')],
    ['an address alone, with a title', '[https://example.org/](https://example.org/ "The map")', card('https://example.org/', 'The map')],
    [
      'headings, all on two levels',
      '# One\n\n## Two\n\n### Three\n\n#### Four\n\n###### Six',
      heading(3, 'One'),
      heading(3, 'Two'),
      heading(3, 'Three'),
      heading(4, 'Four'),
      heading(4, 'Six'),
    ],
    ['a heading with a new line in it', 'One\\\ntwo\n===', heading(3, 'One two')],
    ['a quote', '> One.\n>\n> Two.', quote(paragraph(text('One.')), paragraph(text('Two.')))],
    ['an empty quote', '>'],
    ['a list', '- One\n- Two\n  - Three', bulletList([paragraph(text('One'))], [paragraph(text('Two')), bulletList([paragraph(text('Three'))])])],
    ['an empty item', '- One\n-', bulletList([paragraph(text('One'))], [{ type: 'paragraph' }])],
    [
      'a numbered list',
      '7. Seven\n8. Eight',
      { type: 'orderedList', attrs: { start: 7 }, content: [item(paragraph(text('Seven'))), item(paragraph(text('Eight')))] },
    ],
    ['a number beyond what is kept', '999999999. Many', { type: 'orderedList', attrs: { start: 999_999 }, content: [item(paragraph(text('Many')))] }],
    ['tasks', '- [x] Done\n- [ ] To do', bulletList([paragraph(text('[x] Done'))], [paragraph(text('[ ] To do'))])],
    [
      'code',
      '```ts\nconst a = 1\n\n// <b>\n```',
      { type: 'codeBlock', attrs: { language: 'ts' }, content: [{ type: 'text', text: 'const a = 1\n\n// <b>' }] },
    ],
    ['code without words', '```\n```', { type: 'codeBlock', attrs: { language: null } }],
    ['a language with too long a name', `\`\`\`${'x'.repeat(50)}\n\`\`\``, { type: 'codeBlock', attrs: { language: 'x'.repeat(40) } }],
    ['a rule', 'One.\n\n---\n\nTwo.', paragraph(text('One.')), { type: 'horizontalRule' }, paragraph(text('Two.'))],
    ['HTML, which is shown and not run', '<script>alert(1)</script>', paragraph(text('<script>alert(1)</script>'))],
    ['HTML of several lines', '<div\nonclick="alert(1)">\n</div>', paragraph(text('<div onclick="alert(1)"> </div>'))],
    ['HTML in a line', 'a <img src=x onerror=alert(1)> b', paragraph(text('a <img src=x onerror=alert(1)> b'))],
    ['a link that would run', '[**Click** me](javascript:alert(1))', paragraph(text('Click', bold), text(' me'))],
    [
      'links that are none of ours',
      '[a](JaVaScRiPt:x) [b](data:text/html,x) [c](vbscript:x) [d](/e) [f](java&Tab;script:x)',
      paragraph(text('a b c d f')),
    ],
    ['a picture that is not on the web', '![A cat](data:image/png;base64,AA==)', paragraph(text('A cat'))],
    [
      'a picture of our own',
      '![A bridge](/media/019a0000-0000-7000-8000-000000000001 "Today")',
      image('/media/019a0000-0000-7000-8000-000000000001', 'A bridge', 'Today'),
    ],
    ['a path that is no picture’s', '![A bridge](/media/../admin)', paragraph(text('A bridge'))],
    ['a picture', '![A bridge](https://example.org/a.png)', image('https://example.org/a.png', 'A bridge')],
    [
      'pictures in a paragraph, which is cut where they are',
      'Before ![A](https://example.org/a.png "T")\\\nbetween\\\n![](https://example.org/b.png) after',
      paragraph(text('Before ')),
      image('https://example.org/a.png', 'A', 'T'),
      paragraph(text('between')),
      image('https://example.org/b.png', ''),
      paragraph(text(' after')),
    ],
    ['a picture in a heading', '# ![A bridge](https://example.org/a.png) closed', heading(3, 'A bridge closed')],
    [
      'a picture in a link',
      '[![A bridge](https://example.org/a.png)](https://example.org/)',
      paragraph(text('A bridge', link('https://example.org/'))),
    ],
    [
      'a table, as its text',
      '| a | **b** |\n|---|---|\n| ~~c~~ | [d](https://example.org/) |\n| | |',
      paragraph(text('a | b')),
      paragraph(text('c | d')),
      paragraph(text(' | ')),
    ],
    ['a footnote', 'Known[^1].\n\n[^1]: By *whom*?', paragraph(text('Known[^1].')), paragraph(text('[^1]: By '), text('whom', italic), text('?'))],
    ['characters that are written with others', '&lt;b&gt; \\*a\\* &amp;amp;', paragraph(text('<b> *a* &amp;'))],
    ['nothing', ' \n\n&nbsp;\n'],
  ])('%s', (_, markdown, ...content) => {
    expect(read(markdown)).toEqual(content)
  })
})

describe('what an editor made without Markdown', () => {
  test('is written as one would write it', () => {
    const document: Body = {
      type: 'doc',
      content: [
        heading(3, 'What is known'),
        paragraph(
          text('The bridge is '),
          text('closed', { type: 'bold' }),
          text(', '),
          text('they', { type: 'italic' }),
          text(' say in a file_name.'),
        ),
        bulletList([paragraph(text('One'))], [paragraph(text('Two')), bulletList([paragraph(text('Three'))])]),
        card('https://example.org/'),
        { type: 'horizontalRule' },
      ],
    }
    expect(markdownFromBody(document)).toBe(
      [
        '### What is known',
        'The bridge is **closed**, _they_ say in a file_name.',
        '- One\n- Two\n\n  - Three',
        '[https://example.org/](https://example.org/)',
        '***',
      ].join('\n\n'),
    )
  })

  test('keeps its words where Markdown has no way to say the rest', () => {
    const document: Body = {
      type: 'doc',
      content: [
        { type: 'paragraph' },
        { type: 'heading', attrs: { level: 3 }, content: [text('One'), lineBreak, text('two')] },
        paragraph(lineBreak, text('a', { type: 'code' }, { type: 'bold' }), text('b', { type: 'bold' })),
      ],
    }
    expect(read(markdownFromBody(document))).toEqual([
      heading(3, 'One two'),
      paragraph(text('a', { type: 'bold' }, { type: 'code' }), text('b', { type: 'bold' })),
    ])
  })
})

function read(markdown: string): Block[] {
  return bodyFromMarkdown(markdown).content
}

function text(words: string, ...marks: Mark[]): Inline {
  return marks.length === 0 ? { type: 'text', text: words } : { type: 'text', text: words, marks }
}

function paragraph(...content: Inline[]): Block {
  return { type: 'paragraph', content }
}

function heading(level: 3 | 4, words: string): Block {
  return { type: 'heading', attrs: { level }, content: [text(words)] }
}

function quote(...content: Block[]): Block {
  return { type: 'blockquote', content }
}

function item(...content: Block[]) {
  return { type: 'listItem' as const, content }
}

function bulletList(...items: Block[][]): Block {
  return { type: 'bulletList', content: items.map((content) => item(...content)) }
}

function card(url: string, title: string | null = null): Block {
  return { type: 'linkCard', attrs: { url, title } }
}

function image(src: string, alt: string, title: string | null = null): Block {
  return { type: 'image', attrs: { src, alt, title } }
}
