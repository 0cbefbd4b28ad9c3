import type { Editor } from '@tiptap/core'

/** What can be done to a text: named as the words for it are, `desk.composer` in the messages. */
export type CommandName =
  | 'bold'
  | 'italic'
  | 'link'
  | 'heading'
  | 'subheading'
  | 'bulletList'
  | 'orderedList'
  | 'quote'
  | 'code'
  | 'divider'
  | 'picture'
  | 'camera'
  | 'library'
  | 'card'
  | 'claim'

export type Command = {
  readonly run: () => void
  /** Whether it is so where the cursor is; without this it isn't a matter of on and off. */
  readonly isOn?: (editor: Editor) => boolean
}

export type Commands = Readonly<Record<CommandName, Command>>

type Windows = {
  pickPicture: () => void
  takePicture: () => void
  openLibrary: () => void
  askFor: (what: 'link' | 'card') => void
  noteClaim: (words: string) => void
}

/** All that the tools and the menu can do, in one place. */
export function writingCommands(editor: Editor, { pickPicture, takePicture, openLibrary, askFor, noteClaim }: Windows): Commands {
  const chain = () => editor.chain().focus()
  const isOn = (name: string, attributes?: Record<string, unknown>) => (at: Editor) => at.isActive(name, attributes)
  return {
    bold: { run: () => chain().toggleBold().run(), isOn: isOn('bold') },
    italic: { run: () => chain().toggleItalic().run(), isOn: isOn('italic') },
    link: { run: () => askFor('link'), isOn: isOn('link') },
    heading: { run: () => chain().toggleHeading({ level: 3 }).run(), isOn: isOn('heading', { level: 3 }) },
    subheading: { run: () => chain().toggleHeading({ level: 4 }).run(), isOn: isOn('heading', { level: 4 }) },
    bulletList: { run: () => chain().toggleBulletList().run(), isOn: isOn('bulletList') },
    orderedList: { run: () => chain().toggleOrderedList().run(), isOn: isOn('orderedList') },
    quote: { run: () => chain().toggleBlockquote().run(), isOn: isOn('blockquote') },
    code: { run: () => chain().toggleCodeBlock().run(), isOn: isOn('codeBlock') },
    divider: { run: () => chain().setHorizontalRule().run() },
    picture: { run: pickPicture },
    camera: { run: takePicture },
    library: { run: openLibrary },
    card: { run: () => askFor('card') },
    claim: {
      run() {
        const { from, to } = editor.state.selection
        noteClaim(editor.state.doc.textBetween(from, to, ' ', ' ').trim())
      },
    },
  }
}
