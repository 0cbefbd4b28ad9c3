import { z } from 'zod'
import { focus } from './focus.ts'
import { imageAddress } from './new-picture.ts'
import { linkAddress, printable, webAddress } from './text.ts'

/**
 * The body of an update: a tree of the nodes and marks named here and no others. Its shape is that of ProseMirror's JSON,
 * so that an editor built on it can write it as it is. It holds text, never HTML: there is nowhere for a script to live.
 */

export const bodyLimits = { bytes: 64 * 1024, images: 50, depth: 12, nodes: 5_000 } as const

const mark = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bold') }),
  z.object({ type: z.literal('italic') }),
  z.object({ type: z.literal('strike') }),
  z.object({ type: z.literal('code') }),
  z.object({ type: z.literal('link'), attrs: z.object({ href: linkAddress }) }),
])

const text = z.object({ type: z.literal('text'), text: printable.min(1), marks: z.array(mark).optional() })
const hardBreak = z.object({ type: z.literal('hardBreak') })
const inline = z.discriminatedUnion('type', [text, hardBreak])

const paragraph = z.object({ type: z.literal('paragraph'), content: z.array(inline).optional() })

const heading = z.object({
  type: z.literal('heading'),
  // The page owns level 1 and the update's own title level 2.
  attrs: z.object({ level: z.union([z.literal(3), z.literal(4)]) }),
  content: z.array(inline).optional(),
})

const codeBlock = z.object({
  type: z.literal('codeBlock'),
  attrs: z.object({ language: printable.max(40).nullable() }).optional(),
  content: z.array(z.object({ type: z.literal('text'), text: printable.min(1) })).optional(),
})

const divider = z.object({ type: z.literal('horizontalRule') })

const image = z.object({
  type: z.literal('image'),
  attrs: z.object({
    src: imageAddress,
    alt: printable.max(1000),
    /** It says nothing that the text doesn't: whoever can't see it misses nothing, and `alt` is empty on purpose. */
    decorative: z.literal(true).optional(),
    /** The words below it. */
    title: printable.max(300).nullable().optional(),
    /** Whose it is; of a picture of our own an empty text says that nobody is named. */
    credit: printable.max(300).nullable().optional(),
    /** What stays in view where it is cut. */
    focus: focus.optional(),
    /** In pixels. Of a picture of our own this is filled in as the update is written, with whatever else isn't said of it. */
    width: z.int().positive().optional(),
    height: z.int().positive().optional(),
  }),
})

/** A page elsewhere, shown as a card that loads nothing from there until it is followed. */
const linkCard = z.object({ type: z.literal('linkCard'), attrs: z.object({ url: webAddress, title: printable.max(300).nullable() }) })

const listItem = z.object({
  type: z.literal('listItem'),
  get content() {
    return z.array(block).min(1)
  },
})

const bulletList = z.object({
  type: z.literal('bulletList'),
  get content() {
    return z.array(listItem).min(1)
  },
})

const orderedList = z.object({
  type: z.literal('orderedList'),
  attrs: z.object({ start: z.int().min(0).max(999_999) }).optional(),
  get content() {
    return z.array(listItem).min(1)
  },
})

const quote = z.object({
  type: z.literal('blockquote'),
  get content() {
    return z.array(block).min(1)
  },
})

const block = z.discriminatedUnion('type', [paragraph, heading, bulletList, orderedList, quote, codeBlock, divider, image, linkCard])

export type Mark = z.infer<typeof mark>
export type Inline = z.infer<typeof inline>
export type Block = z.infer<typeof block>
export type Image = z.infer<typeof image>
export type ListItem = z.infer<typeof listItem>

const tree = z.object({ type: z.literal('doc'), content: z.array(block) }).meta({ id: 'Body' })

/** A stored body: its shape only, for reading back what {@link body} let in. */
export const storedBody = tree
export type Body = z.infer<typeof tree>

export const emptyBody: Body = { type: 'doc', content: [] }

/** A body as it may be written: the tree within {@link bodyLimits}, and with something in it to read or see. */
export const body = z
  .unknown()
  // Depth and number come first, so that the recursive schema never walks what is too deep for it or too much.
  .superRefine((value, context) => {
    const { isTooDeep, isTooMany } = measure(value)
    if (isTooDeep) context.addIssue(`nests lists and quotes too deeply; the most is ${bodyLimits.depth / 2 - 1} levels`)
    if (isTooMany) context.addIssue(`has more than ${bodyLimits.nodes} nodes and marks`)
  })
  .pipe(tree)
  .superRefine((value, context) => {
    const bytes = new TextEncoder().encode(JSON.stringify(value)).length
    if (bytes > bodyLimits.bytes) {
      context.addIssue({ code: 'custom', message: `is ${kilobytes(bytes)} as JSON; the most is ${kilobytes(bodyLimits.bytes)}` })
    }
    const images = countImages(value.content)
    if (images > bodyLimits.images) {
      context.addIssue({ code: 'custom', message: `has ${images} images; the most is ${bodyLimits.images}` })
    }
    if (!isWritten(value)) context.addIssue({ code: 'custom', message: 'must not be empty' })
  })

/** Whether there is something in it to read or see. */
export function isWritten({ content }: Body): boolean {
  return content.some(saysSomething)
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`
}

/**
 * Whether `content` arrays nest too deeply, and whether there are too many nodes and marks in all. Walks with a list of its own, so that depth
 * can't exhaust the stack, and no further than the limits.
 */
function measure(value: unknown): { isTooDeep: boolean; isTooMany: boolean } {
  const open: { node: unknown; level: number }[] = [{ node: value, level: 0 }]
  let nodes = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const content = contentOf(next.node)
    if (content.length > 0 && next.level >= bodyLimits.depth) return { isTooDeep: true, isTooMany: false }
    nodes += content.length + marksOf(next.node)
    if (nodes > bodyLimits.nodes) return { isTooDeep: false, isTooMany: true }
    for (const child of content) open.push({ node: child, level: next.level + 1 })
  }
  return { isTooDeep: false, isTooMany: false }
}

function marksOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'marks' in node && Array.isArray(node.marks) ? node.marks.length : 0
}

function contentOf(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || !('content' in node)) return []
  return Array.isArray(node.content) ? node.content : []
}

function countImages(nodes: readonly (Block | ListItem)[]): number {
  let images = 0
  for (const node of nodes) {
    if (node.type === 'image') images += 1
    else if (isContainer(node)) images += countImages(node.content)
  }
  return images
}

function saysSomething(node: Block | ListItem): boolean {
  if (isContainer(node)) return node.content.some(saysSomething)
  if (node.type === 'image' || node.type === 'linkCard') return true
  if (node.type === 'horizontalRule') return false
  return (node.content ?? []).some((child) => child.type === 'text' && child.text.trim() !== '')
}

type Container = Extract<Block, { type: 'bulletList' | 'orderedList' | 'blockquote' }> | ListItem

function isContainer(node: Block | ListItem): node is Container {
  return node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'blockquote' || node.type === 'listItem'
}
