import type { Metadata } from 'next'
import { DeskStories } from '#components/desk/desk-stories.client.tsx'
import { SessionNotice } from '#components/desk/session-notice.client.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readStoriesOf } from '#lib/reading/read-stories.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from './header.tsx'
import styles from './page.module.css'
import { signedIn } from './signed-in.ts'

export const metadata: Metadata = { title: translator('desk')('title') }

export default async function DeskPage() {
  const person = await signedIn('/admin')
  const t = translator('desk')
  const opensStories = may(person, 'open a story')
  const empty = opensStories ? 'emptyEditor' : may(person, 'see the desk') ? 'emptyContributor' : 'emptyGuest'
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'moment')} timeZone="UTC">
      <Header person={person} />
      <main className={styles.main}>
        <SessionNotice />
        <div className={styles.head}>
          <h1>{t('stories.title')}</h1>
          {opensStories && <LinkButton href="/admin/stories/new">{t('stories.new')}</LinkButton>}
        </div>
        <DeskStories stories={await readStoriesOf(runtime().newsroom.store, person, runtime().newsroom.now())} empty={empty} />
      </main>
    </Words>
  )
}
