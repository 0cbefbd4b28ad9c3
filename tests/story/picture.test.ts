import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Body, Image } from '#lib/story/body.ts'
import { pictureIds, withPictureFacts } from '#lib/story/body-pictures.ts'
import { pictureFormats, pictureIdOf, picturePath, pictureWidths, renditionNamed, renditionsOf } from '#lib/story/picture.ts'
import { anyBody } from './arbitraries.ts'

const id = '019a0000-0000-7000-8000-000000000001'
const src = picturePath(id)

describe('the path of a picture of our own', () => {
  test('tells its id', () => {
    expect(src).toBe(`/media/${id}`)
    expect(pictureIdOf(src)).toBe(id)
  })

  test.each([
    `/media/${id}/`,
    `/media/${id}/640.jpg`,
    `/media/${id}\n`,
    `/media/${id.toUpperCase()}`,
    `/media/../media/${id}`,
    `//media/${id}`,
    `https://example.org/media/${id}`,
    `media/${id}`,
    '/media/',
    '/admin',
    '',
  ])('is nothing like %j', (address) => {
    expect(pictureIdOf(address)).toBeNull()
  })
})

describe('a rendition', () => {
  test('is asked for by its width and its format, of those that there are', () => {
    for (const width of pictureWidths) {
      for (const format of pictureFormats) expect(renditionNamed(`${width}.${format}`)).toEqual({ width, format })
    }
  })

  test.each([
    '641.jpg',
    '0640.jpg',
    '640.jpeg',
    '640.JPG',
    '640.png',
    '640',
    '.jpg',
    '640.jpg.',
    '640.jpg\n',
    '../640.jpg',
    '-640.jpg',
    '640.0.jpg',
    '',
  ])('is none at %j', (name) => {
    expect(renditionNamed(name)).toBeNull()
  })

  test('is offered up to the width of the picture and no further', () => {
    expect(renditionsOf(src, 'avif', 1000)).toEqual([
      { address: `${src}/320.avif`, width: 320 },
      { address: `${src}/480.avif`, width: 480 },
      { address: `${src}/640.avif`, width: 640 },
      { address: `${src}/960.avif`, width: 960 },
      { address: `${src}/1280.avif`, width: 1000 },
    ])
    expect(renditionsOf(src, 'jpg', 640).at(-1)).toEqual({ address: `${src}/640.jpg`, width: 640 })
    expect(renditionsOf(src, 'webp', 100)).toEqual([{ address: `${src}/320.webp`, width: 100 }])
    expect(renditionsOf(src, 'webp', 2560).at(-1)).toEqual({ address: `${src}/1920.webp`, width: 1920 })
    expect(renditionsOf(src, 'webp')).toHaveLength(pictureWidths.length)
  })

  test.prop([fc.integer({ min: 1, max: 3000 })])('is offered at each width once, and in order', (width) => {
    const widths = renditionsOf(src, 'jpg', width).map((rendition) => rendition.width)
    expect(widths).toEqual([...new Set(widths)].toSorted((one, other) => one - other))
    expect(widths.at(-1)).toBe(Math.min(width, 1920))
  })
})

describe('the pictures in a body', () => {
  const image = (address: string) => ({ type: 'image' as const, attrs: { src: address, alt: 'A bridge', width: 1 } })
  const body: Body = {
    type: 'doc',
    content: [
      image(src),
      { type: 'blockquote', content: [{ type: 'bulletList', content: [{ type: 'listItem', content: [image(src)] }] }] },
      image('https://example.org/a.png'),
    ],
  }

  test('are found wherever they stand, ours and each once', () => {
    expect(pictureIds(body)).toEqual([id])
  })

  test('have the size that they have, and what is known of them where nothing else is said; those of others have what was said', () => {
    const facts = { alt: 'Water', credit: 'Ann', focus: { x: 0.5, y: 0.1 }, width: 800, height: 600 }
    const known = { type: 'image', attrs: { src, ...facts, alt: 'A bridge' } }
    expect(withPictureFacts(body, new Map([[id, facts]])).content).toEqual([
      known,
      { type: 'blockquote', content: [{ type: 'bulletList', content: [{ type: 'listItem', content: [known] }] }] },
      image('https://example.org/a.png'),
    ])
  })

  test.each<[string, Partial<Image['attrs']>, Partial<Image['attrs']>]>([
    ['nothing', { alt: '' }, { alt: 'Water', credit: 'Ann', focus: { x: 0.5, y: 0.1 } }],
    ['that nobody is known to have made it', { alt: '', credit: null }, { credit: 'Ann' }],
    ['whose it is', { alt: 'The quay', credit: 'Bob' }, { alt: 'The quay', credit: 'Bob' }],
    ['that nobody is to be named', { alt: 'The quay', credit: '' }, { credit: '' }],
    ['that it is decoration', { alt: '', decorative: true }, { alt: '' }],
    ['what stays in view', { alt: '', focus: { x: 1, y: 1 } }, { focus: { x: 1, y: 1 } }],
  ])('of which is said %s have what was said', (_, said, then) => {
    const facts = { alt: 'Water', credit: 'Ann', focus: { x: 0.5, y: 0.1 }, width: 800, height: 600 }
    const picture = { type: 'image' as const, attrs: { src, alt: '', ...said } }
    expect(withPictureFacts({ type: 'doc', content: [picture] }, new Map([[id, facts]])).content).toMatchObject([{ attrs: then }])
  })

  test.prop([anyBody])('are all that changes', (document) => {
    expect(withPictureFacts(document, new Map())).toEqual(document)
    const facts = new Map(pictureIds(document).map((each) => [each, { alt: 'Water', credit: null, focus: null, width: 8, height: 6 }]))
    const filled = withPictureFacts(document, facts)
    expect(withPictureFacts(filled, facts)).toEqual(filled)
    expect(pictureIds(filled)).toEqual(pictureIds(document))
  })
})
