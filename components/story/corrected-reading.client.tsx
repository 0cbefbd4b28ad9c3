'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { CloseButton } from '#components/ui/close-button.tsx'
import type { CorrectionMark } from '#lib/story/corrections.ts'
import { lineOf } from '#lib/story/line-of.ts'
import { correctedSince } from '#lib/story/list-corrections.ts'
import type { View } from '#lib/story/view.ts'
import styles from './catch-up.module.css'
import { createReadVersions } from './read-versions.client.ts'
import { correctionAddress } from './story-address.ts'

/** Tells a reader, once, that something which they have had on the screen was corrected; and where they see how. */
export function CorrectedReading({ view }: { view: View }) {
  const t = useTranslations('story.corrections')
  const { slug } = view.story
  const [read] = useState(() => createReadVersions(slug))
  const [told, setTold] = useState<CorrectionMark | null>(null)

  useEffect(() => {
    const mark = correctedSince(view.corrections, read.versions())
    if (mark) {
      setTold(mark)
      read.toldOf(view.corrections)
    }
    read.look(view)
  }, [view, read])
  useEffect(() => read.watch(), [read])

  if (!told) return null
  const update = view.updates.find(({ id, withdrawal }) => id === told.id && withdrawal === null)
  return (
    <aside className={styles.card} aria-label={t('told')} data-floats>
      <p className={styles.what} role="status">
        <strong>{update ? t('toldOf', { title: lineOf(update).text }) : t('told')}</strong>
      </p>
      <p className={styles.ways}>
        <a href={correctionAddress(slug, told.id, told.version)}>{t('look')}</a>
      </p>
      <div className={styles.close}>
        <CloseButton label={t('dismiss')} onClick={() => setTold(null)} />
      </div>
    </aside>
  )
}
