import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AuditLog } from '#components/desk/audit/audit-log.client.tsx'
import { SessionNotice } from '#components/desk/session-notice.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { auditFilter } from '#lib/people/audit-entry.ts'
import { readAudit } from '#lib/reading/read-audit.ts'
import { readPeople } from '#lib/reading/read-people.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../header.tsx'
import styles from '../page.module.css'
import { signedIn } from '../signed-in.ts'

export const metadata: Metadata = { title: translator('audit')('title') }

/** As many as anybody would look for in a list; the rest are found by words. */
const mostStories = 200
const entriesAtOnce = 50

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditLogPage({ searchParams }: Props) {
  const person = await signedIn('/admin/audit')
  if (!may(person, 'read the audit log')) notFound()
  const asked = Object.entries(await searchParams).filter(([, value]) => value !== '')
  // An address that was typed wrong shows the whole log.
  const filter = auditFilter.safeParse(Object.fromEntries(asked)).data ?? {}
  const { store } = runtime().newsroom
  const [page, people, stories] = await Promise.all([
    readAudit(store.audit, filter, undefined, entriesAtOnce),
    readPeople(store.people),
    store.stories({ limit: mostStories, isForReaders: false }),
  ])
  const choices = {
    people: people.map(({ id, name }) => ({ id, name })),
    stories: stories.map(({ story: { slug, headline } }) => ({ slug, headline })),
  }
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'audit', 'moment')} timeZone="UTC">
      <Header person={person} />
      <main className={styles.main}>
        <SessionNotice />
        <h1>{translator('audit')('title')}</h1>
        <AuditLog page={page} filter={filter} choices={choices} />
      </main>
    </Words>
  )
}
