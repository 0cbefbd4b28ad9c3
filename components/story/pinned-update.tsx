import { Pin } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Update } from '#lib/story/update.ts'
import styles from './pinned-update.module.css'
import { UpdateEntry } from './update-entry.tsx'

/** The update that is kept on top, wherever in the timeline it stands. */
export function PinnedUpdate({ slug, language, update }: { slug: string; language: string; update: Update }) {
  const t = useTranslations('story')
  return (
    <section aria-label={t('pinned')} className={styles.pinned}>
      <p className={styles.label}>
        <Pin aria-hidden size={14} />
        {t('pinned')}
      </p>
      <UpdateEntry slug={slug} language={language} update={update} isCopy />
    </section>
  )
}
