import type { BlockContent, List, PhrasingContent, Root, Text } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify, { type Options } from 'remark-stringify'
import { unified } from 'unified'
import type { Block, Body, Inline, ListItem, Mark } from '#lib/story/body.ts'

/**
 * As the library writes it, but for the underscores inside words, which it leaves as they are: next to a strikethrough it may
 * then write the letters around them in another way, and the underscores would be read as emphasis.
 */
const text: NonNullable<NonNullable<Options['handlers']>['text']> = (node: Text, _parent, state, info) => {
  const safe = state.safe(node.value, info)
  return info.before.endsWith('~') || info.after.startsWith('~') ? safe.replace(/(?<!\\)_/g, '\\_') : safe
}

const writer = unified()
  .use(remarkStringify, {
    // A rule of another character than any bullet's: a rule in a list stays one.
    bullet: '-',
    bulletOther: '+',
    rule: '*',
    emphasis: '_',
    fences: true,
    resourceLink: true,
    handlers: { text },
  })
  .use(remarkGfm)

/** A body as Markdown, which {@link import('./parse.ts').bodyFromMarkdown} reads back as the same document. */
export function markdownFromBody(body: Body): string {
  const root: Root = { type: 'root', children: blocks(body.content) }
  return writer.stringify(root).trimEnd()
}

/** Markdown has no empty paragraph: what is written for one might be read as something else. */
function blocks(nodes: readonly Block[]): BlockContent[] {
  return nodes.filter((node) => node.type !== 'paragraph' || (node.content ?? []).length > 0).map(block)
}

function block(node: Block): BlockContent {
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', children: inlines(node.content ?? []) }
    case 'heading':
      return { type: 'heading', depth: node.attrs.level, children: inlines(node.content ?? []) }
    case 'blockquote':
      return { type: 'blockquote', children: blocks(node.content) }
    case 'bulletList':
      return list(node.content, { ordered: false })
    case 'orderedList':
      return list(node.content, { ordered: true, start: node.attrs?.start ?? 1 })
    case 'codeBlock':
      return { type: 'code', lang: node.attrs?.language ?? null, value: (node.content ?? []).map((part) => part.text).join('') }
    case 'horizontalRule':
      return { type: 'thematicBreak' }
    case 'image':
      return {
        type: 'paragraph',
        children: [{ type: 'image', url: node.attrs.src, alt: node.attrs.alt, title: node.attrs.title ?? null }],
      }
    case 'linkCard':
      return {
        type: 'paragraph',
        children: [{ type: 'link', url: node.attrs.url, title: node.attrs.title, children: [{ type: 'text', value: node.attrs.url }] }],
      }
  }
}

function list(items: readonly ListItem[], kind: Pick<List, 'ordered' | 'start'>): List {
  return {
    type: 'list',
    spread: false,
    ...kind,
    // Without blank lines between them the blocks of an item would be read as one, or as others.
    children: items.map((item) => ({ type: 'listItem', spread: item.content.length > 1, children: blocks(item.content) })),
  }
}

/**
 * Neighbours that share a mark stand in it together: apart, the end of one and the beginning of the next would be read as
 * something else. `depth` is how many marks are written around them already.
 */
function inlines(nodes: readonly Inline[], depth = 0): PhrasingContent[] {
  const result: PhrasingContent[] = []
  let rest = nodes
  for (let node = rest[0]; node; node = rest[0]) {
    const mark = wrappers(node)[depth]
    const length = mark ? rest.findIndex((each) => !isSame(wrappers(each)[depth], mark)) : 1
    const run = length === -1 ? rest : rest.slice(0, length)
    result.push(mark ? wrapped(mark, inlines(run, depth + 1)) : leaf(node))
    rest = rest.slice(run.length)
  }
  return result
}

type Wrapper = Exclude<Mark, { type: 'code' }>

/** The marks to write around a node. Code isn't one: Markdown has it in place of the text. */
function wrappers(node: Inline): Wrapper[] {
  return node.type === 'text' ? (node.marks ?? []).filter((mark) => mark.type !== 'code') : []
}

function isSame(one: Wrapper | undefined, other: Wrapper): boolean {
  return one?.type === other.type && (one.type !== 'link' || other.type !== 'link' || one.attrs.href === other.attrs.href)
}

function leaf(node: Inline): PhrasingContent {
  if (node.type === 'hardBreak') return { type: 'break' }
  return { type: node.marks?.some((mark) => mark.type === 'code') ? 'inlineCode' : 'text', value: node.text }
}

function wrapped(mark: Wrapper, children: PhrasingContent[]): PhrasingContent {
  switch (mark.type) {
    case 'bold':
      return { type: 'strong', children }
    case 'italic':
      return { type: 'emphasis', children }
    case 'strike':
      return { type: 'delete', children }
    case 'link':
      return { type: 'link', url: mark.attrs.href, title: null, children }
  }
}
