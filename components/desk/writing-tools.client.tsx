'use client'

import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Bold, Heading, ImagePlus, Italic, Link, List, ListOrdered, Quote } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import styles from './rich-text.module.css'

const icons = {
  bold: Bold,
  italic: Italic,
  link: Link,
  heading: Heading,
  list: List,
  numbers: ListOrdered,
  quote: Quote,
  picture: ImagePlus,
} as const

export type Tool = {
  readonly icon: keyof typeof icons
  readonly name: string
  /** Whether what it does is so where the cursor is; without this it isn't a matter of on and off. */
  readonly isOn?: (editor: Editor) => boolean
  readonly run: () => void
}

/** A row of tools, which is one stop of the Tab key: the arrows go from one to the next. */
export function WritingTools({ editor, label, tools }: { editor: Editor; label: string; tools: readonly Tool[] }) {
  const on = useEditorState({ editor, selector: ({ editor }) => tools.map(({ isOn }) => isOn?.(editor) ?? null) })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const at = buttons.indexOf(event.target as HTMLButtonElement)
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (at === -1 || step === 0) return
    event.preventDefault()
    buttons.at((at + (isRightToLeft ? -step : step)) % buttons.length)?.focus()
  }
  return (
    <div role="toolbar" aria-label={label} className={styles.tools} onKeyDown={onKeyDown}>
      {tools.map(({ icon, name, run }, index) => {
        const Icon = icons[icon]
        return (
          <button
            key={icon}
            type="button"
            title={name}
            aria-label={name}
            aria-pressed={on[index] ?? undefined}
            tabIndex={index === 0 ? undefined : -1}
            // The selection stays in the text.
            onPointerDown={(event) => event.preventDefault()}
            onClick={run}
          >
            <Icon aria-hidden size={18} />
          </button>
        )
      })}
    </div>
  )
}
