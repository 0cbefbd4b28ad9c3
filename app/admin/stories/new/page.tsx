import type { Metadata } from 'next'
import { NewStoryForm } from '#components/desk/new-story-form.client.tsx'
import { SessionNotice } from '#components/desk/session-notice.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { Header } from '../../header.tsx'
import styles from '../../page.module.css'
import { signedIn } from '../../signed-in.ts'

export const metadata: Metadata = { title: translator('desk')('newStory.title') }

export default async function NewStoryPage() {
  const person = await signedIn('/admin/stories/new')
  const t = translator('desk')
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'moment')} timeZone="UTC">
      <Header person={person} />
      <main className={styles.main}>
        <SessionNotice />
        <h1>{t('newStory.title')}</h1>
        {may(person, 'open a story') ? <NewStoryForm personId={person.id} /> : <p>{t('newStory.notAllowed')}</p>}
        <a className={styles.back} href="/admin">
          {t('newStory.back')}
        </a>
      </main>
    </Words>
  )
}
