import type { ReactNode } from 'react'
import { Words } from '#components/ui/words.client.tsx'
import { pick, translator } from '#lib/messages/translator.ts'
import styles from './layout.module.css'

export default function ReadersLayout({ children }: { children: ReactNode }) {
  const t = translator('site')
  return (
    <Words messages={pick('story')} timeZone="UTC">
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <header className={styles.masthead}>
        <a href="/">{t('name')}</a>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </Words>
  )
}
