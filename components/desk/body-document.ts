import type { JSONContent } from '@tiptap/core'
import type { Body } from '#lib/story/body.ts'

/** What a body says of a node or mark; the editor's own have more. */
const attributes = new Map([
  ['heading', ['level']],
  ['orderedList', ['start']],
  ['codeBlock', ['language']],
  ['image', ['src', 'alt', 'title', 'credit', 'width', 'height', 'focus', 'decorative']],
  ['linkCard', ['url', 'title']],
  ['link', ['href']],
])

/** What the editor holds as a body: nothing that isn't said, and no lines that are only there for the cursor. */
export function bodyFromDocument(document: JSONContent): Body {
  // The editor's schema has no other nodes, marks and attributes than these.
  return { type: 'doc', content: written(document.content ?? []) } as Body
}

/** A body as the editor takes it. */
export function documentFromBody(body: Body): JSONContent {
  return body.content.length > 0 ? (body as JSONContent) : { type: 'doc', content: [{ type: 'paragraph' }] }
}

type Typed = { type?: string; attrs?: Record<string, unknown> | undefined }

function written(nodes: readonly JSONContent[]): JSONContent[] {
  return nodes.filter((node) => node.type !== 'paragraph' || node.content !== undefined).map(writtenNode)
}

function writtenNode(node: JSONContent): JSONContent {
  const { type = '', text, marks, content } = node
  const isContainer = type === 'listItem' || type === 'blockquote'
  const inside = content && (isContainer ? written(content) : content.map(writtenNode))
  return {
    type,
    ...said(node),
    ...(inside && { content: isContainer && inside.length === 0 ? [{ type: 'paragraph' }] : inside }),
    ...(marks && { marks: marks.map((mark) => ({ type: mark.type, ...said(mark) })) }),
    ...(text !== undefined && { text }),
  }
}

function said({ type = '', attrs = {} }: Typed): { attrs?: Record<string, unknown> } {
  const names = attributes.get(type)
  if (!names) return {}
  const own = names.flatMap((name) => (attrs[name] == null && !(type === 'linkCard' && name === 'title') ? [] : [[name, attrs[name]] as const]))
  return own.length === 0 ? {} : { attrs: Object.fromEntries(own) }
}

/** The two read alike, whoever wrote them down. */
export function sameBody(one: Body, other: Body): boolean {
  const asWritten = (body: Body) => JSON.stringify(bodyFromDocument(documentFromBody(body)))
  return one === other || asWritten(one) === asWritten(other)
}
