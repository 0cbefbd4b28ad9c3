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

/** How a body begins, on one line of at most `most` characters, cut between words. */
export function firstWords(body: Body, most: number): string {
  return shorten(bodyText(body), most)
}

/** The text on one line, cut between words if it is longer than that. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  const cut = line.slice(0, most)
  const end = cut.lastIndexOf(' ')
  // Half of a surrogate pair may be left at the end.
  return `${cut.slice(0, end > most / 2 ? end : most).replace(/[\uD800-\uDBFF]$/, '')} …`
}
