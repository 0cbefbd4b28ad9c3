import type { Metadata } from 'next'
import { Forgot } from '#components/desk/people/forgot.client.tsx'
import { translator } from '#lib/messages/translator.ts'
import { runtime } from '#lib/runtime.ts'
import { Outside } from '../../outside.tsx'
import styles from '../../page.module.css'

export const metadata: Metadata = { title: translator('people')('forgot.title') }

export default async function ForgotPage() {
  const t = translator('people')
  return (
    <Outside title={t('forgot.title')}>
      {runtime().mailer === null ? <p>{t('forgot.noMail')}</p> : <Forgot />}
      <a className={styles.back} href="/admin/sign-in">
        {t('forgot.back')}
      </a>
    </Outside>
  )
}
