import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignIn } from '#components/desk/sign-in.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import styles from '../page.module.css'
import { whoAsks } from '../signed-in.ts'
import { wayBack } from '../way-back.ts'

export const metadata: Metadata = { title: translator('desk')('signIn.title') }

type Props = { searchParams: Promise<{ to?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const to = wayBack((await searchParams).to)
  if (await whoAsks()) redirect(to)
  const t = translator('desk')
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'moment')} timeZone="UTC">
      <main className={`${styles.main} ${styles.signIn}`}>
        <p className={styles.name}>
          {t('site')} <span>{t('title')}</span>
        </p>
        <h1>{t('signIn.title')}</h1>
        <SignIn to={to} />
        <a className={styles.back} href="/admin/sign-in/forgot">
          {translator('people')('forgot.open')}
        </a>
      </main>
    </Words>
  )
}
