import type { Block, Body, Image } from './body.ts'
import type { Focus } from './focus.ts'
import { pictureIdOf } from './picture.ts'

/** What is known of a picture of our own; the size in pixels. */
export type PictureFacts = {
  readonly alt: string
  readonly credit: string | null
  readonly focus: Focus | null
  readonly width: number
  readonly height: number
}

/** The ids of our own pictures in a body, each once. */
export function pictureIds(body: Body): string[] {
  return [...new Set(body.content.flatMap(imagesIn).flatMap((image) => pictureIdOf(image.attrs.src) ?? []))]
}

/** Whether it has a picture that says nothing to those who can't see it, and isn't there for decoration alone. */
export function lacksAlt(body: Body): boolean {
  return body.content.flatMap(imagesIn).some(({ attrs }) => attrs.alt.trim() === '' && !attrs.decorative)
}

/**
 * The body with what is known of our own pictures: their size, in place of whatever it said, and what it didn't say. Those of
 * others stay as they are.
 */
export function withPictureFacts(body: Body, facts: ReadonlyMap<string, PictureFacts>): Body {
  return { ...body, content: body.content.map((block) => withFacts(block, facts)) }
}

function imagesIn(block: Block): Image[] {
  switch (block.type) {
    case 'image':
      return [block]
    case 'blockquote':
      return block.content.flatMap(imagesIn)
    case 'bulletList':
    case 'orderedList':
      return block.content.flatMap((item) => item.content.flatMap(imagesIn))
    default:
      return []
  }
}

function withFacts(block: Block, facts: ReadonlyMap<string, PictureFacts>): Block {
  switch (block.type) {
    case 'image': {
      const known = facts.get(pictureIdOf(block.attrs.src) ?? '')
      return known ? { ...block, attrs: attrsWithFacts(block.attrs, known) } : block
    }
    case 'blockquote':
      return { ...block, content: block.content.map((each) => withFacts(each, facts)) }
    case 'bulletList':
    case 'orderedList':
      return { ...block, content: block.content.map((item) => ({ ...item, content: item.content.map((each) => withFacts(each, facts)) })) }
    default:
      return block
  }
}

function attrsWithFacts(attrs: Image['attrs'], { alt, credit, focus, width, height }: PictureFacts): Image['attrs'] {
  const seenAt = attrs.focus ?? focus
  return {
    ...attrs,
    alt: attrs.alt === '' && !attrs.decorative ? alt : attrs.alt,
    credit: attrs.credit ?? credit,
    ...(seenAt && { focus: seenAt }),
    width,
    height,
  }
}
