'use client'

import { List } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Sheet } from '#components/ui/sheet.client.tsx'
import type { Update } from '#lib/story/update.ts'
import type { UpdateLine } from '#lib/story/update-line.ts'
import { KeyEvents } from './key-events.tsx'
import styles from './key-events-rail.module.css'
import type { Way } from './story-address.ts'

type Props = {
  slug: string
  way: Way
  keyEvents: readonly UpdateLine[]
  readingSeq: number | null
  /** Those that are on the page. */
  updates: readonly Update[]
}

/** The key events beside the timeline, where there's room; else on a sheet that a button brings. */
export function KeyEventsRail({ updates, ...props }: Props) {
  const t = useTranslations('story.keyEvents')
  const [isOpen, setOpen] = useState(false)
  const isHere = (seq: number) => updates.some((update) => update.seq === seq)
  if (props.keyEvents.length === 0) return null
  return (
    <>
      <aside className={styles.rail} aria-labelledby="key-events">
        <h2 id="key-events" className={styles.title}>
          {t('title')}
        </h2>
        <KeyEvents {...props} isHere={isHere} />
      </aside>
      <button type="button" className={styles.open} onClick={() => setOpen(true)} data-floats>
        <List aria-hidden size={18} />
        {t('open')}
      </button>
      <Sheet title={t('title')} closeLabel={t('close')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <KeyEvents {...props} isHere={isHere} onGo={() => setOpen(false)} />
      </Sheet>
    </>
  )
}
