import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { People } from '#components/desk/people/people.client.tsx'
import { SessionNotice } from '#components/desk/session-notice.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readInvitations, readPeople } from '#lib/reading/read-people.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../header.tsx'
import styles from '../page.module.css'
import { signedIn } from '../signed-in.ts'

export const metadata: Metadata = { title: translator('people')('title') }

export default async function PeoplePage() {
  const person = await signedIn('/admin/people')
  if (!may(person, 'see the people')) notFound()
  const { people } = runtime().newsroom.store
  const [everybody, invitations] = await Promise.all([readPeople(people), readInvitations(people)])
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'people', 'moment')} timeZone="UTC">
      <Header person={person} />
      <main className={styles.main}>
        <SessionNotice />
        <h1>{translator('people')('title')}</h1>
        <People initial={{ people: everybody, invitations }} personId={person.id} />
      </main>
    </Words>
  )
}
