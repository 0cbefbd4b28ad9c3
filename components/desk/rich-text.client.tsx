'use client'

import { Selection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { EditorContent, useEditor } from '@tiptap/react'
import {
  type ChangeEvent,
  type KeyboardEvent as ReactKeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import type { Body } from '#lib/story/body.ts'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import { uploadTypes } from '#lib/story/picture.ts'
import { AddressForm } from './address-form.client.tsx'
import { useAfterFrame } from './after-frame.client.ts'
import { BlockMenu } from './block-menu.client.tsx'
import { bodyFromDocument, documentFromBody, sameBody } from './body-document.ts'
import { readableHtml } from './pasted-html.client.ts'
import { EditablePicture } from './picture-block.client.tsx'
import { PictureLibrary } from './picture-library.client.tsx'
import { putBlock } from './put-block.ts'
import styles from './rich-text.module.css'
import { bodyExtensions } from './rich-text-schema.ts'
import { Uploads } from './uploads.client.tsx'
import { useLongText } from './use-long-text.client.ts'
import { useUploads } from './use-uploads.client.ts'
import { writingCommands } from './writing-commands.ts'
import { WritingTools } from './writing-tools.client.tsx'

/** What others may do with the editor. */
export type Writer = {
  focus(): void
  /** Hands on what was typed and wasn't yet. */
  handOn(): void
  /** Whether a picture is on its way that would be missing. */
  isUploading(): boolean
}

export type RichTextProps = {
  value: Body
  onChange: (value: Body) => void
  /** Somebody says so: what is selected, or nothing. */
  onClaim: (words: string) => void
  isReadOnly: boolean
  language: string
  /** What the field is called, and the ids of what describes it. */
  label: string
  describedBy: string | undefined
  isInvalid: boolean
  ref?: Ref<Writer> | undefined
}

const extensions = bodyExtensions(EditablePicture)

/** Where a body is written: as readers will see it, with a row of tools, a menu on `/`, and pictures from wherever they come. */
export function RichText({ value, onChange, onClaim, isReadOnly, language, label, describedBy, isInvalid, ref }: RichTextProps) {
  const t = useTranslations('desk.composer')
  const fileInput = useRef<HTMLInputElement>(null)
  const cameraInput = useRef<HTMLInputElement>(null)
  const menuKeys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const [isAsking, setAsking] = useState<'link' | 'card' | null>(null)
  const [isLibraryOpen, setLibraryOpen] = useState(false)
  // What the editor itself has handed on comes back as `value`; anything else is put into it.
  const handedOn = useRef(value)
  const latest = useRef({ upload: (_files: Iterable<File>) => {} })
  // First the key is drawn, then what it leads to is done: a long text takes a while to be read, kept and drawn elsewhere.
  const handingOn = useAfterFrame(() => {
    if (!editor) return
    handedOn.current = bodyFromDocument(editor.getJSON())
    onChange(handedOn.current)
  })
  const [begun] = useState(() => documentFromBody(value))
  // One object as long as nothing in it changes: for each new one the editor would be set up anew.
  const editorProps = useMemo(() => {
    const takeFiles = (data: DataTransfer | null): boolean => {
      // What was copied in a word processor comes as text and as a picture of it.
      if (!data || data.files.length === 0 || data.types.includes('text/html')) return false
      latest.current.upload(data.files)
      return true
    }
    const described = { ...(describedBy && { 'aria-describedby': describedBy }), ...(isInvalid && { 'aria-invalid': 'true' }) }
    return {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, lang: language, ...described },
      transformPastedHTML: readableHtml,
      handleKeyDown: (_view: EditorView, event: KeyboardEvent) =>
        menuKeys.current?.(event) || ((event.ctrlKey || event.metaKey) && event.key === 'Enter'),
      handlePaste: (_view: EditorView, event: ClipboardEvent) => takeFiles(event.clipboardData),
      handleDrop(view: EditorView, event: DragEvent, _slice: unknown, isMoved: boolean) {
        if (isMoved || !event.dataTransfer?.files.length) return false
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (place) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(place.pos))))
        event.preventDefault()
        return takeFiles(event.dataTransfer)
      },
    }
  }, [label, describedBy, isInvalid, language])

  const editor = useEditor({
    extensions,
    content: begun,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    // Our Content-Security-Policy takes no style that a script brings: rich-text.module.css has them.
    injectCSS: false,
    editorProps,
    onUpdate: () => handingOn.ask(),
  })
  useLongText(editor)
  const uploading = useUploads(({ src, width, height }) => {
    if (editor && !editor.isDestroyed) putBlock(editor, { type: 'image', attrs: { src, width, height } }, false)
  })

  useEffect(() => {
    latest.current = { upload: uploading.add }
  })
  useEffect(() => {
    // What was just typed takes the place of what was kept elsewhere meanwhile.
    if (!editor || handingOn.isAsked() || sameBody(value, handedOn.current)) return
    handedOn.current = value
    // Not to be undone: what was published would come back, and might be published once more.
    editor.chain().setMeta('addToHistory', false).setContent(documentFromBody(value), { emitUpdate: false }).run()
  }, [editor, value, handingOn])
  useEffect(() => {
    editor?.setEditable(!isReadOnly, false)
  }, [editor, isReadOnly])
  const isUploading = uploading.uploads.some(({ failure }) => failure === null)
  useImperativeHandle(ref, () => ({ focus: () => void editor?.commands.focus(), handOn: handingOn.now, isUploading: () => isUploading }), [
    editor,
    handingOn,
    isUploading,
  ])

  const onKeyDown = ({ ctrlKey, metaKey, key }: ReactKeyboardEvent) => {
    // What isn't a letter may be a shortcut of the page, which hears of it next and is to find the text as it is.
    if (handingOn.isAsked() && (ctrlKey || metaKey || key.length > 1)) flushSync(handingOn.now)
  }

  if (!editor) return null
  const commands = writingCommands(editor, {
    pickPicture: () => fileInput.current?.click(),
    takePicture: () => cameraInput.current?.click(),
    openLibrary: () => setLibraryOpen(true),
    askFor: setAsking,
    noteClaim: onClaim,
  })
  const takeFrom = (event: ChangeEvent<HTMLInputElement>) => {
    uploading.add(event.target.files ?? [])
    // The same file can be chosen again.
    event.target.value = ''
  }
  const takeFromLibrary = ({ src, width, height, alt, credit, focus }: KeptPicture) => {
    putBlock(editor, { type: 'image', attrs: { src, width, height, alt, credit, focus } }, false)
    setLibraryOpen(false)
  }
  return (
    <div className={styles.richText} inert={isReadOnly} onKeyDownCapture={onKeyDown} onBlurCapture={handingOn.now}>
      <WritingTools editor={editor} commands={commands} />
      {isAsking && <AddressForm editor={editor} kind={isAsking} onClose={() => setAsking(null)} />}
      <div className={styles.paper}>
        <EditorContent editor={editor} />
        <BlockMenu editor={editor} keys={menuKeys} commands={commands} />
      </div>
      {/* Two: asked for the camera, a phone shows nothing else, and asked for pictures, some show no camera. */}
      <input ref={fileInput} type="file" accept={uploadTypes} multiple hidden aria-label={t('picture')} onChange={takeFrom} />
      <input ref={cameraInput} type="file" accept={uploadTypes} capture="environment" hidden aria-label={t('camera')} onChange={takeFrom} />
      {isLibraryOpen && <PictureLibrary onChoose={takeFromLibrary} onClose={() => setLibraryOpen(false)} />}
      <Uploads {...uploading} />
    </div>
  )
}
