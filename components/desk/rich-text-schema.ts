import { type AnyExtension, Node, textblockTypeInputRule } from '@tiptap/core'
import { Code } from '@tiptap/extension-code'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { ListItem } from '@tiptap/extension-list'
import { StarterKit } from '@tiptap/starter-kit'
import { pictureIdOf } from '#lib/story/picture.ts'
import { linkAddress } from '#lib/story/text.ts'

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

/** An address on the web, or of a picture of our own; what is pasted may name a file of somebody's disk. */
function isOnTheWeb(src: string | null): boolean {
  return src !== null && (pictureIdOf(src) !== null || /^https?:\/\//.test(src))
}

export const PictureBlock = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: null },
    alt: { default: '' },
    title: { default: null },
    credit: { default: null },
    width: { default: null },
    height: { default: null },
    decorative: { default: null },
  }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (image) => (isOnTheWeb(image.getAttribute('src')) ? { src: image.getAttribute('src'), alt: image.getAttribute('alt') ?? '' } : false),
    },
  ],
  renderHTML: ({ node: { attrs } }) => ['img', { src: attrs.src, alt: attrs.alt }],
})

const LinkCardBlock = Node.create({
  name: 'linkCard',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ url: { default: null }, title: { default: null } }),
  parseHTML: () => [
    { tag: 'div[data-link-card]', getAttrs: (card) => ({ url: card.getAttribute('data-link-card'), title: card.getAttribute('title') }) },
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
