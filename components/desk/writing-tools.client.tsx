'use client'

import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Bold, Camera, Heading, ImagePlus, Images, Italic, Link, List, ListOrdered, MessageSquareQuote, Quote } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import styles from './rich-text.module.css'
import type { Commands } from './writing-commands.ts'

const tools = [
  ['bold', Bold],
  ['italic', Italic],
  ['link', Link],
  ['heading', Heading],
  ['bulletList', List],
  ['orderedList', ListOrdered],
  ['quote', Quote],
  ['picture', ImagePlus],
  ['camera', Camera],
  ['library', Images],
  ['claim', MessageSquareQuote],
] as const

/** A row of tools, which is one stop of the Tab key: the arrows go from one to the next. */
export function WritingTools({ editor, commands }: { editor: Editor; commands: Commands }) {
  const t = useTranslations('desk.composer')
  const on = useEditorState({ editor, selector: ({ editor }) => tools.map(([name]) => commands[name].isOn?.(editor) ?? null) })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A tool that this device has no use for isn't shown.
    const buttons = [...event.currentTarget.querySelectorAll('button')].filter((each) => each.offsetParent !== null)
    const at = buttons.indexOf(event.target as HTMLButtonElement)
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (at === -1 || step === 0) return
    event.preventDefault()
    buttons.at((at + (isRightToLeft ? -step : step)) % buttons.length)?.focus()
  }
  return (
    <div role="toolbar" aria-label={t('tools')} className={styles.tools} onKeyDown={onKeyDown}>
      {tools.map(([name, Icon], index) => (
        <button
          key={name}
          type="button"
          data-tool={name}
          title={t(name)}
          aria-label={t(name)}
          aria-pressed={on[index] ?? undefined}
          tabIndex={index === 0 ? undefined : -1}
          // The selection stays in the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={commands[name].run}
        >
          <Icon aria-hidden size={18} />
        </button>
      ))}
    </div>
  )
}
