'use client'

import { useTranslations } from 'use-intl'
import styles from './desk-header.module.css'
import { SignOut } from './sign-out.client.tsx'

/** The way home, who is signed in, and the way out. */
export function DeskHeader({ name }: { name: string }) {
  const t = useTranslations('desk')
  return (
    <header className={styles.header}>
      <a href="/admin" className={styles.home} aria-label={t('header.home')}>
        {t('site')} <span>{t('title')}</span>
      </a>
      <div className={styles.person}>
        <span className={styles.name}>{t('header.signedInAs', { name })}</span>
        <SignOut />
      </div>
    </header>
  )
}
