import { type AnyExtension, Node, textblockTypeInputRule } from '@tiptap/core'
import { Code } from '@tiptap/extension-code'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { ListItem } from '@tiptap/extension-list'
import { StarterKit } from '@tiptap/starter-kit'
import { type Focus, focus } from '#lib/story/focus.ts'
import { imageAddress } from '#lib/story/new-picture.ts'
import { linkAddress, webAddress } from '#lib/story/text.ts'

// The editor's schema: the nodes and marks of a body, and no others, so that whatever is typed, pasted or dropped is one.

/** An update has two levels of headings; what comes from elsewhere has six. */
const UpdateHeading = Heading.extend({
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 4 ? 3 : 4 } })),
  addInputRules() {
    // As many marks as people are used to: one or three for the larger, two or four for the smaller.
    const find = /^(#{1,4})\s$/
    return [textblockTypeInputRule({ find, type: this.type, getAttributes: ([, marks = '']) => ({ level: marks.length % 2 === 1 ? 3 : 4 }) })]
  },
})

/** What is pasted says anything: an attribute is taken only if it is what a body may have. */
function textIn(element: Element, name: string, most: number): string | null {
  return element.getAttribute(name)?.slice(0, most) || null
}

function pixelsIn(element: Element, name: string): number | null {
  const text = element.getAttribute(name) ?? ''
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null
}

function focusIn(image: Element): Focus | null {
  const [x, y] = (image.getAttribute('data-focus') ?? '').split(' ').map(Number)
  return focus.safeParse({ x, y }).data ?? null
}

export const PictureBlock = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: null, parseHTML: (image: Element) => image.getAttribute('src') },
    alt: { default: '', parseHTML: (image: Element) => textIn(image, 'alt', 1000) ?? '' },
    title: { default: null, parseHTML: (image: Element) => textIn(image, 'title', 300) },
    credit: { default: null, parseHTML: (image: Element) => textIn(image, 'data-credit', 300) },
    width: { default: null, parseHTML: (image: Element) => pixelsIn(image, 'width') },
    height: { default: null, parseHTML: (image: Element) => pixelsIn(image, 'height') },
    focus: { default: null, parseHTML: focusIn },
    decorative: { default: null, parseHTML: (image: Element) => image.hasAttribute('data-decorative') || null },
  }),
  parseHTML: () => [{ tag: 'img[src]', getAttrs: (image) => (imageAddress.safeParse(image.getAttribute('src')).success ? null : false) }],
  // What is cut here is pasted here: all that is known of it goes along.
  renderHTML: ({ node: { attrs } }) => {
    const { src, alt, title, credit, width, height, focus, decorative } = attrs
    return [
      'img',
      { src, alt, title, width, height, 'data-credit': credit, 'data-focus': focus && `${focus.x} ${focus.y}`, 'data-decorative': decorative && '' },
    ]
  },
})

const LinkCardBlock = Node.create({
  name: 'linkCard',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    url: { default: null, parseHTML: (card: Element) => card.getAttribute('data-link-card') },
    title: { default: null, parseHTML: (card: Element) => textIn(card, 'title', 300) },
  }),
  parseHTML: () => [
    { tag: 'div[data-link-card]', getAttrs: (card) => (webAddress.safeParse(card.getAttribute('data-link-card')).success ? null : false) },
  ],
  renderHTML: ({ node: { attrs } }) => [
    'div',
    { 'data-link-card': attrs.url, title: attrs.title },
    ['strong', {}, attrs.title ?? attrs.url],
    ['span', {}, URL.canParse(attrs.url) ? new URL(attrs.url).host : ''],
  ],
})

/** `picture` is the block for pictures, with or without a view of its own. */
export function bodyExtensions(picture: AnyExtension = PictureBlock): AnyExtension[] {
  return [
    StarterKit.configure({
      code: false,
      hardBreak: false,
      heading: false,
      listItem: false,
      underline: false,
      link: { openOnClick: false, defaultProtocol: 'https', isAllowedUri: (address) => linkAddress.safeParse(address).success },
    }),
    // Code may be bold, as everything else.
    Code.extend({ excludes: '' }),
    // Ctrl or ⌘ with Enter publishes.
    HardBreak.extend({ addKeyboardShortcuts: () => ({ 'Shift-Enter': ({ editor }) => editor.commands.setHardBreak() }) }),
    UpdateHeading.configure({ levels: [3, 4] }),
    ListItem.extend({ content: 'block+' }),
    picture,
    LinkCardBlock,
  ]
}
