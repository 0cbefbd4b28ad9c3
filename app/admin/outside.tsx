import type { ReactNode } from 'react'
import { Words } from '#components/ui/words.client.tsx'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import styles from './page.module.css'

/** A page of the desk for whoever isn't signed in: its name, a title, and one thing to do. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  const t = translator('desk')
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'people', 'moment')} timeZone="UTC">
      <main className={`${styles.main} ${styles.signIn}`}>
        <p className={styles.name}>
          {t('site')} <span>{t('title')}</span>
        </p>
        <h1>{title}</h1>
        {children}
      </main>
    </Words>
  )
}
