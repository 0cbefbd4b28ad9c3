import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import styles from './reader-frame.module.css'

/** What stands around everything that readers see. */
export function ReaderFrame({ skipLabel, children }: { skipLabel: string; children: ReactNode }) {
  const t = useTranslations('site')
  return (
    <>
      <a className={styles.skip} href="#main">
        {skipLabel}
      </a>
      <header className={styles.masthead}>
        <a href="/" aria-label={t('home')}>
          {t('name')}
        </a>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </>
  )
}
