import { useTranslations } from 'use-intl'
import type { StoryStatus } from '#lib/story/story.ts'
import styles from './status-word.module.css'

export function StatusWord({ status }: { status: StoryStatus }) {
  const t = useTranslations('desk.status')
  return (
    <p className={styles.status} data-status={status}>
      {t(status)}
    </p>
  )
}
