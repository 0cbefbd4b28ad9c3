import { printed } from '#lib/story/text.ts'

// What other programs put on the clipboard. The editor's schema leaves out what a body can't hold; here is what it would
// misunderstand.

/** Elements whose text is not for reading. */
const unread = 'style, script, meta, link, title, xml, o\\:p'

/** HTML from the clipboard with the lists of word processors as lists, and without what nobody was to see. */
export function readableHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(printed(html), 'text/html')
  for (const element of body.querySelectorAll(unread)) element.remove()
  for (const paragraph of [...body.querySelectorAll<HTMLElement>('p[style*="mso-list"]')]) {
    // It may have gone into a list along with the one before it.
    if (paragraph.isConnected && paragraph.localName === 'p') gatherList(paragraph)
  }
  return body.innerHTML
}

/** Word writes a list as paragraphs that look like one: each begins with its own mark. */
function gatherList(first: HTMLElement): void {
  const isOrdered = isNumbered(first)
  const list = document.createElement(isOrdered ? 'ol' : 'ul')
  first.before(list)
  for (let next: Element | null = first; isOfWordsList(next) && isNumbered(next) === isOrdered; next = list.nextElementSibling) {
    markOf(next)?.remove()
    const item = document.createElement('li')
    const paragraph = document.createElement('p')
    paragraph.append(...next.childNodes)
    item.append(paragraph)
    list.append(item)
    next.remove()
  }
}

function isOfWordsList(element: Element | null): element is HTMLElement {
  return element?.localName === 'p' && (element.getAttribute('style') ?? '').includes('mso-list')
}

function markOf(paragraph: Element): Element | null {
  return paragraph.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]')
}

function isNumbered(paragraph: Element): boolean {
  return /^\s*(\d+|[a-z]{1,4})[.)]/i.test(markOf(paragraph)?.textContent ?? '')
}
