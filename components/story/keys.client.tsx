'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { preference, usePreference } from '#components/ui/preference.client.ts'
import { Sheet } from '#components/ui/sheet.client.tsx'
import styles from './keys.module.css'
import { goToUpdate } from './use-reader.client.ts'
import { updateBeside } from './use-reading-position.client.ts'

const keysChoice = preference('keys', ['on', 'off'])

type Props = { goNewest: () => void }

const shown = [
  ['j', 'next'],
  ['k', 'previous'],
  ['.', 'newest'],
  ['/', 'search'],
  ['?', 'help'],
] as const

/** Single keys for what readers do most; they can be switched off, for those who speak to their computer. */
export function Keys({ goNewest }: Props) {
  const t = useTranslations('story.keys')
  const [isOpen, setOpen] = useState(false)
  const isOn = usePreference(keysChoice, 'on') === 'on'

  useEffect(() => {
    if (!isOn) return
    const go = (step: 1 | -1) => {
      const id = updateBeside(step)
      if (id) goToUpdate(id)
    }
    const actions = new Map<string, () => void>([
      ['j', () => go(1)],
      ['k', () => go(-1)],
      ['.', goNewest],
      ['/', () => document.getElementById('search')?.focus()],
      ['?', () => setOpen(true)],
    ])
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isForTyping(event.target) || document.querySelector('dialog[open]')) return
      const act = actions.get(event.key)
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isOn, goNewest])

  return (
    <>
      <button type="button" className={styles.open} onClick={() => setOpen(true)}>
        {t('open')}
      </button>
      <Sheet title={t('title')} closeLabel={t('close')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <dl className={styles.keys}>
          {shown.map(([key, name]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(name)}</dd>
            </div>
          ))}
        </dl>
        <label className={styles.switch}>
          <input type="checkbox" checked={isOn} onChange={(event) => keysChoice.set(event.target.checked ? 'on' : 'off')} />
          {t('switch')}
        </label>
      </Sheet>
    </>
  )
}

function isForTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}
