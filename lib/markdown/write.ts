import type { BlockContent, List, PhrasingContent, Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import type { Block, Body, Inline, ListItem, Mark } from '#lib/story/body.ts'

const writer = unified().use(remarkStringify, { bullet: '-', rule: '-', emphasis: '_', fences: true, resourceLink: true }).use(remarkGfm)

/** A body as Markdown, which {@link import('./parse.ts').bodyFromMarkdown} reads back as the same document. */
export function markdownFromBody(body: Body): string {
  const root: Root = { type: 'root', children: body.content.map(block) }
  return writer.stringify(root).trimEnd()
}

function block(node: Block): BlockContent {
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', children: inlines(node.content ?? []) }
    case 'heading':
      return { type: 'heading', depth: node.attrs.level, children: inlines(node.content ?? []) }
    case 'blockquote':
      return { type: 'blockquote', children: node.content.map(block) }
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
    children: items.map((item) => ({ type: 'listItem', spread: false, children: item.content.map(block) })),
  }
}

function inlines(nodes: readonly Inline[]): PhrasingContent[] {
  return nodes.map((node) => (node.type === 'hardBreak' ? { type: 'break' } : marked(node.text, node.marks ?? [])))
}

function marked(text: string, marks: readonly Mark[]): PhrasingContent {
  const isCode = marks.some((mark) => mark.type === 'code')
  const inner: PhrasingContent = isCode ? { type: 'inlineCode', value: text } : { type: 'text', value: text }
  return marks.reduceRight<PhrasingContent>(wrapped, inner)
}

function wrapped(child: PhrasingContent, mark: Mark): PhrasingContent {
  switch (mark.type) {
    case 'bold':
      return { type: 'strong', children: [child] }
    case 'italic':
      return { type: 'emphasis', children: [child] }
    case 'strike':
      return { type: 'delete', children: [child] }
    case 'link':
      return { type: 'link', url: mark.attrs.href, title: null, children: [child] }
    case 'code':
      return child
  }
}
