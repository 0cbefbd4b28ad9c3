'use client'

import { useTranslations } from 'use-intl'
import styles from './desk-header.module.css'
import { SignOut } from './sign-out.client.tsx'

/** What of the desk the person may see besides the stories. */
export type Sees = { readonly people: boolean; readonly audit: boolean }

/** The ways about the desk, who is signed in, and the way out. */
export function DeskHeader({ name, sees }: { name: string; sees: Sees }) {
  const t = useTranslations('desk')
  return (
    <header className={styles.header}>
      <a href="/admin" className={styles.home} aria-label={t('header.home')}>
        {t('site')} <span>{t('title')}</span>
      </a>
      <div className={styles.person}>
        <nav aria-label={t('header.nav')} className={styles.nav}>
          {sees.people && <a href="/admin/people">{t('header.people')}</a>}
          {sees.audit && <a href="/admin/audit">{t('header.audit')}</a>}
          <a href="/admin/account">{t('header.account')}</a>
        </nav>
        <span className={styles.name}>{t('header.signedInAs', { name })}</span>
        <SignOut />
      </div>
    </header>
  )
}
