'use client'

import type { Editor } from '@tiptap/react'
import { useEffect } from 'react'
import { useAfterFrame } from './after-frame.client.ts'

/**
 * Marks a text that is longer than the box it is written in may become. Such a box keeps its height whatever is written, so that the
 * browser needs to lay out, for a key, that box alone, and nothing that it stands in. It is looked at after each change to the text, and
 * when the window's size changes.
 */
export function useLongText(editor: Editor | null): void {
  const looking = useAfterFrame(() => {
    if (!editor || editor.isDestroyed) return
    const { dom } = editor.view
    dom.toggleAttribute('data-long', dom.scrollHeight > dom.clientHeight)
  })
  useEffect(() => {
    if (!editor) return
    editor.on('transaction', looking.ask)
    // A window that has become larger may have room for all of it.
    window.addEventListener('resize', looking.ask)
    looking.ask()
    return () => {
      editor.off('transaction', looking.ask)
      window.removeEventListener('resize', looking.ask)
    }
  }, [editor, looking])
}
