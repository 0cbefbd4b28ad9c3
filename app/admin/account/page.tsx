import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { Account } from '#components/desk/account/account.client.tsx'
import { SessionNotice } from '#components/desk/session-notice.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readAccount } from '#lib/reading/read-people.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../header.tsx'
import styles from '../page.module.css'
import { signedIn } from '../signed-in.ts'

export const metadata: Metadata = { title: translator('people')('account.title') }

export default async function AccountPage() {
  const person = await signedIn('/admin/account')
  const { newsroom, accounts } = runtime()
  const { sessionId } = await accounts.identify(await headers())
  const account = await readAccount(newsroom.store.people, person.id, sessionId, newsroom.now())
  if (!account) notFound()
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'people', 'moment')} timeZone="UTC">
      <Header person={person} />
      <main className={styles.main}>
        <SessionNotice />
        <h1>{translator('people')('account.title')}</h1>
        <Account initial={account} />
      </main>
    </Words>
  )
}
