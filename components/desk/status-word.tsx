import { useTranslations } from 'use-intl'
import type { Story } from '#lib/story/story.ts'
import styles from './status-word.module.css'

export function StatusWord({ story: { status, archived } }: { story: Pick<Story, 'status' | 'archived'> }) {
  const t = useTranslations('desk.status')
  return (
    <p className={styles.status} data-status={status}>
      {t(archived ? 'archived' : status)}
    </p>
  )
}
