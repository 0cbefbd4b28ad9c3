'use client'

import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useEffect, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import styles from './rich-text.module.css'
import type { Commands } from './writing-commands.ts'

/** What can be put at the cursor, most wanted first. */
const blocks = ['picture', 'library', 'card', 'heading', 'subheading', 'bulletList', 'orderedList', 'quote', 'code', 'divider', 'claim'] as const
type BlockName = (typeof blocks)[number]

/** What was typed after the `/`, and where that stands. */
type Asked = { readonly words: string; readonly from: number; readonly to: number }

type Props = {
  editor: Editor
  commands: Commands
  /** Where the editor leaves its keys while the menu is open: true if the menu has taken one. */
  keys: { current: ((event: KeyboardEvent) => boolean) | null }
}

/** The menu that a `/` at the beginning of a paragraph opens: what can be put there, by name. */
export function BlockMenu({ editor, commands, keys }: Props) {
  const t = useTranslations('desk.composer')
  const asked = useEditorState({ editor, selector: ({ editor }) => askedOf(editor), equalityFn: isSame })
  const [dismissed, setDismissed] = useState<number | null>(null)
  // Left by Escape, it stays away from that paragraph until the `/` is gone.
  const isOpen = asked !== null && dismissed !== asked.from
  if (asked === null && dismissed !== null) setDismissed(null)
  if (!isOpen) return null
  const found = blocks.filter((name) => t(name).toLocaleLowerCase().includes(asked.words.toLocaleLowerCase()))
  return <OpenMenu key={asked.words} {...{ editor, commands, keys, asked, found }} onDismiss={() => setDismissed(asked.from)} />
}

type OpenProps = Props & { asked: Asked; found: readonly BlockName[]; onDismiss: () => void }

function OpenMenu({ editor, commands, keys, asked, found, onDismiss }: OpenProps) {
  const t = useTranslations('desk.composer')
  const id = useId()
  const [at, setAt] = useState(0)
  const choose = (name: BlockName | undefined) => {
    if (!name) return
    editor.chain().focus().deleteRange(asked).run()
    commands[name].run()
  }
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'Escape') onDismiss()
    else if (event.key === 'ArrowDown') setAt((at + 1) % Math.max(found.length, 1))
    else if (event.key === 'ArrowUp') setAt((at - 1 + found.length) % Math.max(found.length, 1))
    else if ((event.key === 'Enter' || event.key === 'Tab') && found.length > 0) choose(found[at])
    else return false
    return true
  }

  useEffect(() => {
    keys.current = onKey
    const text = editor.view.dom
    text.setAttribute('aria-controls', id)
    text.setAttribute('aria-activedescendant', `${id}-${at}`)
    return () => {
      keys.current = null
      text.removeAttribute('aria-controls')
      text.removeAttribute('aria-activedescendant')
    }
  })

  const { left, bottom } = editor.view.coordsAtPos(asked.from)
  const around = editor.view.dom.parentElement?.getBoundingClientRect()
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('blocks')}
      tabIndex={-1}
      className={styles.menu}
      style={{ insetBlockStart: bottom - (around?.top ?? 0), insetInlineStart: left - (around?.left ?? 0) }}
    >
      {found.length === 0 && <p>{t('noBlock')}</p>}
      {found.map((name, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the editor's, which has the focus.
        <div
          key={name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => setAt(index)}
          onClick={() => choose(name)}
        >
          {t(name)}
        </div>
      ))}
    </div>
  )
}

function askedOf({ state, isEditable }: Editor): Asked | null {
  const { $from, empty } = state.selection
  if (!empty || !isEditable || $from.parent.type.name !== 'paragraph') return null
  const [, words] = /^\/([\p{L}\p{N} ]{0,20})$/u.exec($from.parent.textBetween(0, $from.parentOffset)) ?? []
  return words === undefined ? null : { words, from: $from.start(), to: $from.pos }
}

function isSame(one: Asked | null, other: Asked | null): boolean {
  return one === other || (one?.words === other?.words && one?.from === other?.from && one?.to === other?.to)
}
