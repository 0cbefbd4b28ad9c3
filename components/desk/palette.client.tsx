'use client'

import { type KeyboardEvent, useEffect, useId, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { Update } from '#lib/story/update.ts'
import { type CommandEntry, useCommands } from './commands.client.tsx'
import { firstWords } from './entry-words.ts'
import styles from './palette.module.css'

type Opened = 'palette' | 'keys' | null

const keys = [
  ['Ctrl ⌘ K', 'palette'],
  ['Ctrl ⌘ Enter', 'publish'],
  ['↑', 'editLast'],
  ['/', 'blocks'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const

type Props = { updates: readonly Update[]; onShow: (id: string) => void }

/** The palette, in which everything that can be done is found by name, and the list of keys. */
export function Palette({ updates, onShow }: Props) {
  const t = useTranslations('desk.palette')
  const close = useTranslations('desk')('close')
  const [opened, setOpened] = useState<Opened>(null)

  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const asked = askedFor(event)
      if (asked === null || document.querySelector('[role="dialog"]')) return
      event.preventDefault()
      setOpened(asked)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <>
      <p className={styles.open}>
        <Button look="quiet" onClick={() => setOpened('palette')}>
          {t('open')}
        </Button>
        <Button look="quiet" onClick={() => setOpened('keys')}>
          {t('keys')}
        </Button>
      </p>
      {opened === 'palette' && (
        <Dialog title={t('title')} closeLabel={close} onClose={() => setOpened(null)}>
          <Finder updates={updates} onShow={onShow} onRun={() => setOpened(null)} onKeys={() => setOpened('keys')} />
        </Dialog>
      )}
      {opened === 'keys' && (
        <Dialog title={t('keys')} closeLabel={close} onClose={() => setOpened(null)}>
          <dl className={styles.keys}>
            {keys.map(([key, name]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(`key.${name}`)}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  )
}

function askedFor({ key, ctrlKey, metaKey, altKey, target }: globalThis.KeyboardEvent): Opened {
  if (key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey) return 'palette'
  const isTyping = target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  return key === '?' && !isTyping && !ctrlKey && !metaKey && !altKey ? 'keys' : null
}

type FinderProps = Props & { onRun: () => void; onKeys: () => void }

function Finder({ updates, onShow, onRun, onKeys }: FinderProps) {
  const t = useTranslations('desk.palette')
  const commands = useCommands()
  const listed = useSyncExternalStore(commands.subscribe, commands.get, commands.get)
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const entries = [
    ...listed,
    { label: t('allStories'), run: () => window.location.assign('/admin') },
    { label: t('keys'), run: onKeys },
    ...updates.map((update) => ({ label: t(update.breaking ? 'breaking' : 'update', { title: firstWords(update) }), run: () => onShow(update.id) })),
  ]
  const found = entries.filter(({ label }) => isFound(label, asked)).slice(0, mostFound)
  const chosen = Math.min(at, found.length - 1)

  const run = (entry: CommandEntry | undefined) => {
    if (!entry) return
    onRun()
    // The window gives the focus back first.
    setTimeout(entry.run)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(found.length, 1))
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + found.length) % Math.max(found.length, 1))
    else if (event.key === 'Enter') run(found[chosen])
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.finder}>
      <Field label={t('label')}>
        {(control) => (
          <input
            {...control}
            // biome-ignore lint/a11y/noAutofocus: whoever opens the palette is about to type into it.
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
            autoComplete="off"
            value={asked}
            onChange={(event) => {
              setAsked(event.target.value)
              setAt(0)
            }}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <div role="listbox" id={`${id}-list`} aria-label={t('title')} className={styles.list}>
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are the field's, which keeps the focus.
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same label, and all change as one types.
            key={`${index} ${entry.label}`}
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === chosen}
            className={styles.option}
            onClick={() => run(entry)}
          >
            {entry.label}
          </div>
        ))}
      </div>
      {found.length === 0 && <p role="status">{t('nothing')}</p>}
    </div>
  )
}

const mostFound = 12

/** Whether each of the words asked for begins a word of the label. */
function isFound(label: string, asked: string): boolean {
  const words = label.toLowerCase().split(/\s+/)
  return asked
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)))
}
