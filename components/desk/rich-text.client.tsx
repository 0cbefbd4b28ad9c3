'use client'

import type { Editor } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Body } from '#lib/story/body.ts'
import { AddressForm } from './address-form.client.tsx'
import { type BlockChoice, BlockMenu } from './block-menu.client.tsx'
import { bodyFromDocument, documentFromBody, sameBody } from './body-document.ts'
import { readableHtml } from './pasted-html.client.ts'
import { EditablePicture } from './picture-block.client.tsx'
import { putBlock } from './put-block.ts'
import styles from './rich-text.module.css'
import { bodyExtensions } from './rich-text-schema.ts'
import { Uploads } from './uploads.client.tsx'
import { useUploads } from './use-uploads.client.ts'
import { type Tool, WritingTools } from './writing-tools.client.tsx'

/** What can be given the focus. */
export type Focusable = { focus(): void }

export type RichTextProps = {
  value: Body
  onChange: (value: Body) => void
  isReadOnly: boolean
  language: string
  /** What the field is called, and the ids of what describes it. */
  label: string
  describedBy: string | undefined
  isInvalid: boolean
  ref?: Ref<Focusable> | undefined
}

const extensions = bodyExtensions(EditablePicture)

/** Where a body is written: as readers will see it, with a row of tools, a menu on `/`, and pictures from wherever they come. */
export function RichText({ value, onChange, isReadOnly, language, label, describedBy, isInvalid, ref }: RichTextProps) {
  const t = useTranslations('desk.composer')
  const fileInput = useRef<HTMLInputElement>(null)
  const menuKeys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const [isAsking, setAsking] = useState<'link' | 'card' | null>(null)
  // What the editor itself has handed on comes back as `value`; anything else is put into it.
  const handedOn = useRef(value)
  const latest = useRef({ onChange, upload: (_files: Iterable<File>) => {} })

  const editor = useEditor({
    extensions,
    content: documentFromBody(value),
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    // Our Content-Security-Policy takes no style that a script brings: rich-text.module.css has them.
    injectCSS: false,
    editorProps: {
      transformPastedHTML: readableHtml,
      handleKeyDown: (_view, event) => menuKeys.current?.(event) || ((event.ctrlKey || event.metaKey) && event.key === 'Enter'),
      handlePaste: (_view, event) => takeFiles(event.clipboardData),
      handleDrop(view, event, _slice, isMoved) {
        if (isMoved || !event.dataTransfer?.files.length) return false
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (place) editor?.commands.setTextSelection(place.pos)
        event.preventDefault()
        return takeFiles(event.dataTransfer)
      },
    },
    onUpdate({ editor }) {
      handedOn.current = bodyFromDocument(editor.getJSON())
      latest.current.onChange(handedOn.current)
    },
  })
  const uploading = useUploads(({ src, width, height }) => {
    if (editor) putBlock(editor, { type: 'image', attrs: { src, width, height } })
  })

  function takeFiles(data: DataTransfer | null): boolean {
    // What was copied in a word processor comes as text and as a picture of it.
    if (!data || data.files.length === 0 || data.types.includes('text/html')) return false
    latest.current.upload(data.files)
    return true
  }

  useEffect(() => {
    latest.current = { onChange, upload: uploading.add }
    if (!editor) return
    editor.setEditable(!isReadOnly, false)
    if (!sameBody(value, handedOn.current)) {
      handedOn.current = value
      editor.commands.setContent(documentFromBody(value), { emitUpdate: false })
    }
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          ...(describedBy && { 'aria-describedby': describedBy }),
          ...(isInvalid && { 'aria-invalid': 'true' }),
          lang: language,
        },
      },
    })
  })
  useImperativeHandle(ref, () => ({ focus: () => void editor?.commands.focus() }), [editor])

  if (!editor) return null
  const pick = () => fileInput.current?.click()
  const ask = (what: 'link' | 'card') => setAsking(what)
  return (
    <div className={styles.richText} data-readonly={isReadOnly || undefined}>
      <WritingTools editor={editor} label={t('tools')} tools={toolsFor(editor, t, pick, ask)} />
      {isAsking && <AddressForm editor={editor} kind={isAsking} onClose={() => setAsking(null)} />}
      <div className={styles.paper}>
        <EditorContent editor={editor} />
        <BlockMenu editor={editor} label={t('blocks')} none={t('noBlock')} keys={menuKeys} choices={blocksFor(editor, t, pick, ask)} />
      </div>
      <input
        ref={fileInput}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('picture')}
        onChange={(event) => {
          uploading.add(event.target.files ?? [])
          // The same file can be chosen again.
          event.target.value = ''
        }}
      />
      <Uploads {...uploading} />
    </div>
  )
}

type Words = ReturnType<typeof useTranslations<'desk.composer'>>

function toolsFor(editor: Editor, t: Words, pick: () => void, ask: (what: 'link' | 'card') => void): Tool[] {
  const chain = () => editor.chain().focus()
  return [
    { icon: 'bold', name: t('bold'), isOn: (at) => at.isActive('bold'), run: () => chain().toggleBold().run() },
    { icon: 'italic', name: t('italic'), isOn: (at) => at.isActive('italic'), run: () => chain().toggleItalic().run() },
    { icon: 'link', name: t('link'), isOn: (at) => at.isActive('link'), run: () => ask('link') },
    {
      icon: 'heading',
      name: t('heading'),
      isOn: (at) => at.isActive('heading', { level: 3 }),
      run: () => chain().toggleHeading({ level: 3 }).run(),
    },
    { icon: 'list', name: t('bulletList'), isOn: (at) => at.isActive('bulletList'), run: () => chain().toggleBulletList().run() },
    { icon: 'numbers', name: t('orderedList'), isOn: (at) => at.isActive('orderedList'), run: () => chain().toggleOrderedList().run() },
    { icon: 'quote', name: t('quote'), isOn: (at) => at.isActive('blockquote'), run: () => chain().toggleBlockquote().run() },
    { icon: 'picture', name: t('picture'), run: pick },
  ]
}

function blocksFor(editor: Editor, t: Words, pick: () => void, ask: (what: 'link' | 'card') => void): BlockChoice[] {
  const chain = () => editor.chain().focus()
  return [
    { name: t('picture'), run: pick },
    { name: t('card'), run: () => ask('card') },
    { name: t('heading'), run: () => chain().setHeading({ level: 3 }).run() },
    { name: t('subheading'), run: () => chain().setHeading({ level: 4 }).run() },
    { name: t('bulletList'), run: () => chain().toggleBulletList().run() },
    { name: t('orderedList'), run: () => chain().toggleOrderedList().run() },
    { name: t('quote'), run: () => chain().toggleBlockquote().run() },
    { name: t('code'), run: () => chain().toggleCodeBlock().run() },
    { name: t('divider'), run: () => chain().setHorizontalRule().run() },
  ]
}
