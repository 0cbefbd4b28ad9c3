import type { BlockContent, DefinitionContent, ListItem as ListItemNode, PhrasingContent, Root, RootContent, TableContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Block, Body, Inline, ListItem, Mark } from '#lib/story/body.ts'
import { imageAddress } from '#lib/story/new-picture.ts'
import { linkAddress, webAddress } from '#lib/story/text.ts'
import { isTangled, withoutDeepNesting } from './parser-limits.ts'
import { resolveReferences } from './references.ts'

const parser = unified().use(remarkParse).use(remarkGfm)

/**
 * The document that a piece of Markdown (CommonMark with GitHub's strikethrough and bare links) stands for. What the
 * document has no node for stays as its text: HTML is shown, never run. A link that may not be followed keeps its words and
 * loses its address. A paragraph that is nothing but a bare address becomes a card. Never throws; the caller checks the text with
 * `tooComplex` before, and the result against the limits of a body.
 */
export function bodyFromMarkdown(markdown: string): Body {
  const text = markdown.replace(/\r\n?/g, '\n')
  if (isTangled(text)) return { type: 'doc', content: text.split('\n\n').flatMap((part) => textParagraph(oneLine(part))) }
  const root: Root = parser.parse(withoutDeepNesting(text))
  resolveReferences(root)
  return { type: 'doc', content: root.children.flatMap(blocks) }
}

type Node = RootContent | BlockContent | DefinitionContent | TableContent

function blocks(node: Node): Block[] {
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.children)
    case 'heading':
      return [{ type: 'heading', attrs: { level: node.depth <= 3 ? 3 : 4 }, content: unbroken(inlines(node.children)) }]
    case 'blockquote':
      return filled(node.children.flatMap(blocks), (content) => ({ type: 'blockquote', content }))
    case 'list': {
      const content = node.children.map(listItem)
      return node.ordered
        ? [{ type: 'orderedList', attrs: { start: Math.min(node.start ?? 1, 999_999) }, content }]
        : [{ type: 'bulletList', content }]
    }
    case 'code':
      return [
        {
          type: 'codeBlock',
          attrs: { language: node.lang?.slice(0, 40).toWellFormed() ?? null },
          ...(node.value ? { content: [{ type: 'text', text: node.value }] } : {}),
        },
      ]
    case 'thematicBreak':
      return [{ type: 'horizontalRule' }]
    case 'html':
      return textParagraph(oneLine(node.value))
    case 'table':
      return node.children.flatMap((row) => textParagraph(row.children.map((cell) => plain(cell.children)).join(' | ')))
    case 'footnoteDefinition':
      return labelled(`[^${node.label ?? node.identifier}]: `, node.children.flatMap(blocks))
    default:
      return []
  }
}

function filled(content: Block[], make: (content: Block[]) => Block): Block[] {
  return content.length > 0 ? [make(content)] : []
}

function listItem({ checked, children }: ListItemNode): ListItem {
  const content = children.flatMap(blocks)
  const shown = typeof checked === 'boolean' ? labelled(checked ? '[x] ' : '[ ] ', content) : content
  return { type: 'listItem', content: shown.length > 0 ? shown : [{ type: 'paragraph' }] }
}

/** What the document has no node for, as text before the words that it belongs to. */
function labelled(label: string, [first, ...rest]: Block[]): Block[] {
  if (first?.type !== 'paragraph') return [...textParagraph(label), ...(first ? [first] : []), ...rest]
  return [{ type: 'paragraph', content: joined([{ type: 'text', text: label }, ...(first.content ?? [])]) }, ...rest]
}

function textParagraph(text: string): Block[] {
  return text.trim() === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text }] }]
}

/** A line that was only wrapped in the source is not a new line. */
function oneLine(text: string): string {
  return text.replace(/\n/g, ' ')
}

/** Pictures stand on their own: a paragraph is cut where one is. */
function paragraph(children: readonly PhrasingContent[]): Block[] {
  const card = linkCard(children)
  if (card) return [card]
  const result: Block[] = []
  let run: PhrasingContent[] = []
  const endRun = () => {
    const content = trimmed(inlines(run))
    if (content.length > 0) result.push({ type: 'paragraph', content })
    run = []
  }
  for (const child of children) {
    if (child.type === 'image' && imageAddress.safeParse(child.url).success) {
      endRun()
      result.push({ type: 'image', attrs: { src: child.url, alt: child.alt ?? '', title: child.title ?? null } })
    } else run.push(child)
  }
  endRun()
  return result
}

function linkCard(children: readonly PhrasingContent[]): Block | null {
  const [only] = children
  if (children.length !== 1 || only?.type !== 'link') return null
  const isBare = plain(only.children) === only.url
  return isBare && webAddress.safeParse(only.url).success ? { type: 'linkCard', attrs: { url: only.url, title: only.title ?? null } } : null
}

function inlines(nodes: readonly PhrasingContent[], marks: readonly Mark[] = []): Inline[] {
  return joined(nodes.flatMap((node) => inline(node, marks)))
}

function inline(node: PhrasingContent, marks: readonly Mark[]): Inline[] {
  switch (node.type) {
    case 'text':
      return textNode(oneLine(node.value), marks)
    case 'strong':
      return inlines(node.children, withMark(marks, { type: 'bold' }))
    case 'emphasis':
      return inlines(node.children, withMark(marks, { type: 'italic' }))
    case 'delete':
      return inlines(node.children, withMark(marks, { type: 'strike' }))
    case 'inlineCode':
      return textNode(oneLine(node.value), withMark(marks, { type: 'code' }))
    case 'break':
      return [{ type: 'hardBreak' }]
    case 'link':
      return linkAddress.safeParse(node.url).success
        ? inlines(node.children, withMark(marks, { type: 'link', attrs: { href: node.url } }))
        : inlines(node.children, marks)
    case 'image':
      return textNode(oneLine(node.alt ?? ''), marks)
    case 'html':
      return textNode(oneLine(node.value), marks)
    case 'footnoteReference':
      return textNode(`[^${node.label ?? node.identifier}]`, marks)
    default:
      return []
  }
}

function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  return marks.some((each) => each.type === mark.type) ? marks : [...marks, mark]
}

function textNode(text: string, marks: readonly Mark[]): Inline[] {
  if (text === '') return []
  return [marks.length > 0 ? { type: 'text', text, marks: [...marks] } : { type: 'text', text }]
}

/** Neighbours with the same marks become one text, so that the same words always give the same document. */
function joined(nodes: readonly Inline[]): Inline[] {
  const result: Inline[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type === 'text' && last?.type === 'text' && sameMarks(node.marks, last.marks)) {
      result[result.length - 1] = { ...last, text: last.text + node.text }
    } else result.push(node)
  }
  return result
}

function sameMarks(one: readonly Mark[] = [], other: readonly Mark[] = []): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Without what shows nothing at the beginning and the end. */
function trimmed(nodes: readonly Inline[]): Inline[] {
  const isSeen = (node: Inline) => node.type === 'text' && node.text.trim() !== ''
  return nodes.slice(Math.max(nodes.findIndex(isSeen), 0), nodes.findLastIndex(isSeen) + 1)
}

/** A heading is one line. */
function unbroken(nodes: readonly Inline[]): Inline[] {
  return joined(nodes.map((node): Inline => (node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node)))
}

function plain(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => ('children' in node ? plain(node.children) : 'value' in node ? node.value : '')).join('')
}
