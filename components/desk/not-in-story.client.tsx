'use client'

import { useTranslations } from 'use-intl'
import { LinkButton } from '#components/ui/link-button.tsx'
import styles from './not-in-story.module.css'

/** For somebody who was not added to the story. */
export function NotInStory() {
  const t = useTranslations('desk.notInStory')
  return (
    <main className={styles.main}>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <LinkButton href="/admin">{t('stories')}</LinkButton>
    </main>
  )
}
