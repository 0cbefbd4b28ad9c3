import type { Block, Body, Inline, ListItem } from './body.ts'

/** The words of a body and nothing else: a blank line between blocks, a dash before each item of a list. */
export function bodyText(body: Body): string {
  return body.content.map(blockText).filter(Boolean).join('\n\n')
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return (block.content ?? []).map(inlineText).join('')
    case 'codeBlock':
      return (block.content ?? []).map((part) => part.text).join('')
    case 'blockquote':
      return block.content.map(blockText).filter(Boolean).join('\n\n')
    case 'bulletList':
    case 'orderedList':
      return block.content.map(itemText).join('\n')
    case 'image':
      return block.attrs.alt
    case 'linkCard':
      return block.attrs.title ?? block.attrs.url
    case 'horizontalRule':
      return ''
  }
}

function itemText(item: ListItem): string {
  return `- ${item.content.map(blockText).filter(Boolean).join('\n').replaceAll('\n', '\n  ')}`
}

function inlineText(inline: Inline): string {
  return inline.type === 'text' ? inline.text : '\n'
}
