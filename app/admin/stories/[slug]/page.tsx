import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { StoryDesk } from '#components/desk/story-desk.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readDesk } from '#lib/reading/read-view.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../../header.tsx'
import { signedIn, whoAsks } from '../../signed-in.ts'

type Props = { params: Promise<{ slug: string }> }

/** Read once for the page and its head. */
const deskAt = cache((slug: string) => readDesk(runtime().newsroom.store, slug))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  // The head of a page is public unless it asks too.
  const desk = (await whoAsks()) && (await deskAt(slug))
  return { title: desk ? desk.view.story.headline : translator('desk')('title') }
}

export default async function StoryDeskPage({ params }: Props) {
  const { slug } = await params
  const person = await signedIn(`/admin/stories/${slug}`)
  const desk = await deskAt(slug)
  if (!desk) notFound()
  const { story } = desk.view
  const can = {
    revisesStory: may(person, 'revise a story'),
    publishes: may(person, 'publish an update'),
    revises: may(person, 'revise an update'),
    pins: may(person, 'pin an update'),
    withdraws: may(person, 'withdraw an update'),
  }
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'moment', 'body')} timeZone={story.timeZone}>
      <Header person={person} />
      {/* A story that readers can't see can't be followed: once they can, the desk begins anew and follows. So it does for another
          person: what one has written isn't the other's. */}
      <StoryDesk
        key={`${story.status === 'draft' ? 'draft' : 'open'} ${person.id}`}
        view={desk.view}
        drafts={desk.drafts}
        personId={person.id}
        can={can}
      />
    </Words>
  )
}
