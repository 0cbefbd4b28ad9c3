import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { z } from 'zod'
import { type Block, body, bodyLimits, storedBody } from '#lib/story/body.ts'
import { bodyText } from '#lib/story/body-text.ts'
import { newUpdate } from '#lib/story/update.ts'
import { anyBody } from './arbitraries.ts'

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const image: Block = { type: 'image', attrs: { src: 'https://example.org/a.png', alt: '' } }
const notAPicture = 'must be an http or https address, or the path of a picture that was uploaded'
const doc = (...content: unknown[]) => ({ type: 'doc', content })

/** What an editor is told is wrong with a document. */
function complaints(document: unknown): string[] {
  return messages(body.safeParse(document))
}

function messages(result: z.ZodSafeParseResult<unknown>): string[] {
  return result.error?.issues.map(({ message }) => message) ?? []
}

describe('a body', () => {
  test.prop([anyBody])('of the known nodes and marks is kept as it is', (document) => {
    expect(storedBody.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
  })

  test('that says nothing is refused', () => {
    for (const empty of [
      doc(),
      doc({ type: 'paragraph' }),
      doc(paragraph(' \n\t ')),
      doc({ type: 'horizontalRule' }),
      doc({ type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'hardBreak' }] }] }),
      doc({ type: 'codeBlock' }, { type: 'heading', attrs: { level: 3 }, content: [] }),
    ]) {
      expect(complaints(empty)).toEqual(['must not be empty'])
    }
  })

  test('with nothing but a picture or a link is taken', () => {
    expect(complaints(doc(image))).toEqual([])
    expect(complaints(doc({ type: 'linkCard', attrs: { url: 'https://example.org/', title: null } }))).toEqual([])
  })

  test('of 64 KB as JSON is taken, of a byte more refused', () => {
    const frame = JSON.stringify(doc(paragraph(''))).length
    const most = bodyLimits.bytes - frame
    expect(complaints(doc(paragraph('x'.repeat(most))))).toEqual([])
    expect(complaints(doc(paragraph('x'.repeat(most + 1))))).toEqual(['is 65 KB as JSON; the most is 64 KB'])
    expect(complaints(doc(paragraph('ї'.repeat(most))))).toEqual(['is 128 KB as JSON; the most is 64 KB'])
  })

  test('with 50 pictures is taken, with one more refused, wherever they stand', () => {
    const item = (content: Block[]): Block => ({ type: 'bulletList', content: [{ type: 'listItem', content }] })
    const many = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? image : item([image])))
    expect(complaints(doc(...many(50)))).toEqual([])
    expect(complaints(doc(...many(51)))).toEqual(['has 51 images; the most is 50'])
  })

  test('with lists in lists is taken five deep, and refused deeper', () => {
    const tooDeep = ['nests lists and quotes too deeply; the most is 5 levels']
    const lists = (levels: number): Block =>
      levels === 0 ? paragraph('Here.') : { type: 'bulletList', content: [{ type: 'listItem', content: [lists(levels - 1)] }] }
    expect(complaints(doc(lists(5)))).toEqual([])
    expect(complaints(doc(lists(6)))).toEqual(tooDeep)

    let quotes: unknown = paragraph('Here.')
    for (let level = 0; level < 50_000; level += 1) quotes = { type: 'blockquote', content: [quotes] }
    expect(complaints(doc(quotes))).toEqual(tooDeep)
  })

  test('beyond a limit is refused in the same words as the body of an update', () => {
    const lists = Array.from({ length: 6 }).reduce<Block>(
      (inner) => ({ type: 'bulletList', content: [{ type: 'listItem', content: [inner] }] }),
      paragraph('a'),
    )
    for (const document of [doc(), doc(lists), doc(...Array.from({ length: 51 }, () => image)), doc(paragraph('x'.repeat(bodyLimits.bytes)))]) {
      const [complaint = 'none', ...more] = complaints(document)
      expect(messages(newUpdate.safeParse({ body: document }))).toEqual([complaint])
      expect(more).toEqual([])
    }
  })

  test('that hides something deep where nothing belongs is answered all the same', () => {
    let deep: unknown = 'here'
    for (let level = 0; level < 50_000; level += 1) deep = [deep]
    expect(complaints({ ...doc(paragraph('Here.')), content: deep })).not.toEqual([])
    expect(body.parse(doc({ ...paragraph('Here.'), attrs: deep }))).toEqual(doc(paragraph('Here.')))
  })

  test.each([
    ['an unknown block', doc({ type: 'iframe', attrs: { src: 'https://example.org/' } })],
    ['a block where text belongs', doc({ type: 'paragraph', content: [paragraph('Here.')] })],
    ['an unknown mark', doc({ type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'underline' }] }] })],
    ['a heading as large as the title', doc({ type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'a' }] })],
    ['text without words', doc({ type: 'paragraph', content: [{ type: 'text', text: '' }] })],
    ['a list without items', doc(paragraph('Here.'), { type: 'bulletList', content: [] })],
    [
      'a list that begins before zero',
      doc({ type: 'orderedList', attrs: { start: -1 }, content: [{ type: 'listItem', content: [paragraph('a')] }] }),
    ],
    ['a picture without a description', doc({ type: 'image', attrs: { src: 'https://example.org/a.png' } })],
    ['no document', paragraph('Here.')],
    ['nothing', null],
  ])('with %s is refused', (_, document) => {
    expect(complaints(document)).not.toEqual([])
  })

  test('with a picture of our own is taken, with any other path refused', () => {
    const id = '019a0000-0000-7000-8000-000000000001'
    const picture = (src: string, more = {}) => doc({ type: 'image', attrs: { src, alt: '', ...more } })
    expect(complaints(picture(`/media/${id}`))).toEqual([])
    expect(complaints(picture(`/media/${id}`, { credit: null, width: 800, height: 600 }))).toEqual([])
    for (const src of [`/media/${id}/640.jpg`, `/media/${id}/..`, '/media/1', '/admin', `//media/${id}`, '']) {
      expect(complaints(picture(src))).toEqual([notAPicture])
    }
    for (const more of [{ width: 0 }, { height: 1.5 }, { width: '8' }, { credit: 'x'.repeat(301) }]) {
      expect(complaints(picture(`/media/${id}`, more))).not.toEqual([])
    }
  })

  test('loses what nobody knows', () => {
    const known = doc({ type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'bold' }] }] }, image)
    const more = {
      ...doc(
        {
          type: 'paragraph',
          attrs: { style: 'color: red' },
          onclick: 'alert(1)',
          content: [{ type: 'text', text: 'a', html: '<b>', marks: [{ type: 'bold', attrs: { class: 'x' } }] }],
        },
        { ...image, type: 'image', attrs: { src: 'https://example.org/a.png', alt: '', onerror: 'alert(1)' } },
      ),
      version: 2,
    }
    expect(body.parse(more)).toEqual(known)
  })

  test('with characters that cannot be stored or shown is refused', () => {
    for (const character of ['\u0000', '\u0007', '\u001b', '\u007f', '\ud800', '\udc00', '\udc00\ud800']) {
      expect(complaints(doc(paragraph(`a${character}b`)))).toEqual(['contains characters that cannot be shown'])
      expect(complaints(doc({ type: 'codeBlock', content: [{ type: 'text', text: character }] }))).toEqual([
        'contains characters that cannot be shown',
      ])
      expect(complaints(doc({ ...image, attrs: { src: 'https://example.org/', alt: character } }))).toEqual([
        'contains characters that cannot be shown',
      ])
    }
    for (const text of ['a\tb\nc', '👩‍👩‍👧', 'الجسر\u200f', '\u00a0x']) expect(complaints(doc(paragraph(text)))).toEqual([])
  })
})

describe('a link', () => {
  const linkTo = (href: unknown) => doc({ type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href } }] }] })
  const card = (url: unknown) => doc({ type: 'linkCard', attrs: { url, title: null } })
  const picture = (src: unknown) => doc({ type: 'image', attrs: { src, alt: '' } })

  test('leads to http, https or mail', () => {
    for (const href of ['https://example.org/', 'HTTP://EXAMPLE.ORG', 'https://приклад.укр/шлях?a=b#c', 'mailto:desk@example.org']) {
      expect(complaints(linkTo(href))).toEqual([])
    }
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'javascript\u0000:alert(1)',
    'javascript://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'DATA:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'blob:https://example.org/1',
    'file:///etc/passwd',
    'ftp://example.org/',
    'ht\ntps://example.org/',
    'https://example.org/\r\nx',
    'https://example.org/\ud800',
    '//example.org/',
    '/stories',
    'example.org',
    'https://',
    '',
  ])('does not lead to %j', (href) => {
    expect(complaints(linkTo(href))).toEqual(['must be an http, https or mailto address'])
    expect(complaints(card(href))).toEqual(['must be an http or https address'])
    expect(complaints(picture(href))).toEqual([notAPicture])
  })

  test('is not a mail address where a page or a picture belongs', () => {
    expect(complaints(card('mailto:desk@example.org'))).toEqual(['must be an http or https address'])
    expect(complaints(picture('mailto:desk@example.org'))).toEqual([notAPicture])
  })

  test('has at most 2048 characters', () => {
    const address = `https://example.org/${'x'.repeat(2028)}`
    expect(complaints(linkTo(address))).toEqual([])
    expect(complaints(linkTo(`${address}x`))).toEqual(['must have at most 2048 characters'])
  })

  const pieces = [
    'javascript',
    'java',
    'script',
    'data',
    'https',
    'mailto',
    ':',
    '/',
    '//',
    '\\',
    '\t',
    '\n',
    '\u0000',
    '\u0001',
    ' ',
    '@',
    '.',
    'a',
    '%0a',
  ]

  test.prop([fc.string({ unit: fc.constantFrom(...pieces), maxLength: 8 })], { numRuns: 1_000 })(
    'that is taken is followed by a browser to http, https or mail and nowhere else',
    (address) => {
      const followed = URL.canParse(address, 'https://example.org/') ? new URL(address, 'https://example.org/').protocol : null
      expect(complaints(linkTo(address)).length === 0 ? followed : 'mailto:').toMatch(/^(https?|mailto):$/)
    },
  )
})

describe('the words of a body', () => {
  test('are what it says, block by block', () => {
    const document = storedBody.parse(
      doc(
        { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Known' }] },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'The ' },
            { type: 'text', text: 'bridge', marks: [{ type: 'bold' }] },
            { type: 'hardBreak' },
            { type: 'text', text: 'is closed.' },
          ],
        },
        { type: 'paragraph' },
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [paragraph('One')] },
            {
              type: 'listItem',
              content: [paragraph('Two'), { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph('Three')] }] }],
            },
          ],
        },
        { type: 'blockquote', content: [paragraph('He said'), paragraph('so.')] },
        { type: 'codeBlock', content: [{ type: 'text', text: 'a = 1\nb = 2' }] },
        { type: 'horizontalRule' },
        { type: 'image', attrs: { src: 'https://example.org/a.png', alt: 'A bridge' } },
        { type: 'linkCard', attrs: { url: 'https://example.org/', title: null } },
        { type: 'linkCard', attrs: { url: 'https://example.org/', title: 'The map' } },
      ),
    )
    expect(bodyText(document)).toBe(
      'Known\n\nThe bridge\nis closed.\n\n- One\n- Two\n  - Three\n\nHe said\n\nso.\n\na = 1\nb = 2\n\nA bridge\n\nhttps://example.org/\n\nThe map',
    )
  })

  test.prop([anyBody])('are all there and in order', (document) => {
    const words: string[] = []
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'text' && typeof value === 'string') words.push(value)
      return value
    })
    let rest = withoutSpace(bodyText(document))
    for (const word of words.map(withoutSpace)) {
      expect(rest).toContain(word)
      rest = rest.slice(rest.indexOf(word) + word.length)
    }
  })
})

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '')
}

describe('a body sent as JSON', () => {
  const paragraph = (count: number, marks = 0) => ({
    type: 'doc',
    content: [
      { type: 'paragraph', content: Array.from({ length: count }, () => ({ type: 'text', text: 'a', marks: Array(marks).fill({ type: 'bold' }) })) },
    ],
  })
  const problems = (value: unknown) => body.safeParse(value).error?.issues.map(({ message }) => message)

  test('with too many nodes or marks is refused with one issue, whatever the nodes are', () => {
    expect(problems(paragraph(5_000))).toEqual(['has more than 5000 nodes and marks'])
    expect(problems(paragraph(1, 5_000))).toEqual(['has more than 5000 nodes and marks'])
    expect(problems({ type: 'doc', content: Array(100_000).fill(1) })).toEqual(['has more than 5000 nodes and marks'])
  })

  test('that nests hundreds of thousands of times is refused without a walk through all of it', () => {
    let value: unknown = { type: 'paragraph' }
    for (let level = 0; level < 200_000; level += 1) value = { type: 'blockquote', content: [value] }
    expect(problems({ type: 'doc', content: [value] })).toEqual([expect.stringContaining('too deeply')])
  })
})
