import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { NotInStory } from '#components/desk/not-in-story.client.tsx'
import { StoryDesk } from '#components/desk/story-desk.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { personInStory } from '#lib/accounts/permit-in-story.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../../header.tsx'
import { signedIn, whoAsks } from '../../signed-in.ts'

type Props = { params: Promise<{ slug: string }> }

/** The desk as whoever asks may see it. Read once for the page and its head. */
const askedDesk = cache(async (slug: string) => {
  const asking = await whoAsks()
  if (!asking) return 'nobody'
  const { store } = runtime().newsroom
  const person = await personInStory(store.storyPeople, asking, slug)
  return may(person, 'see the desk') ? readDesk(store, slug, person) : 'not-here'
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const desk = await askedDesk((await params).slug)
  // The head of a page is public unless it asks too.
  return { title: desk && typeof desk === 'object' ? desk.view.story.headline : translator('desk')('title') }
}

export default async function StoryDeskPage({ params }: Props) {
  const { slug } = await params
  const person = await signedIn(`/admin/stories/${slug}`)
  const desk = await askedDesk(slug)
  if (desk === null) notFound()
  const isSeen = typeof desk === 'object'
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'moment', 'body')} timeZone={isSeen ? desk.view.story.timeZone : 'UTC'}>
      <Header person={person} />
      {isSeen ? <StoryDesk asRead={desk} /> : <NotInStory />}
    </Words>
  )
}
