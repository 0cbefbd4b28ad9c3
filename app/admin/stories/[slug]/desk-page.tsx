import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { NotInStory } from '#components/desk/not-in-story.client.tsx'
import { type DeskPart, StoryDesk } from '#components/desk/story-desk.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { may } from '#lib/accounts/permissions.ts'
import { personInStory } from '#lib/accounts/permit-in-story.ts'
import { siteLocale, translator, wordsIn } from '#lib/messages/translator.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import { runtime } from '#lib/runtime.ts'
import { Header } from '../../header.tsx'
import { signedIn, whoAsks } from '../../signed-in.ts'

/** The desk as whoever asks may see it. Read once for the page and its head. */
const askedDesk = cache(async (slug: string) => {
  const asking = await whoAsks()
  if (!asking) return 'nobody'
  const { store } = runtime().newsroom
  const person = await personInStory(store.storyPeople, asking, slug)
  return may(person, 'see the desk') ? readDesk(store, slug, person) : 'not-here'
})

export async function deskMetadata(slug: string): Promise<Metadata> {
  const desk = await askedDesk(slug)
  // The head of a page is public unless it asks too.
  return { title: desk && typeof desk === 'object' ? desk.view.story.headline : translator('desk')('title') }
}

/** A page of a story's desk, at that address, which shows that part of it. */
export async function deskPage(slug: string, address: string, part: DeskPart) {
  const person = await signedIn(address)
  const desk = await askedDesk(slug)
  if (desk === null) notFound()
  const isSeen = typeof desk === 'object'
  return (
    <Words words={wordsIn(siteLocale, 'desk', 'known', 'moment', 'body')} timeZone={isSeen ? desk.view.story.timeZone : 'UTC'}>
      <Header person={person} />
      {isSeen ? <StoryDesk asRead={desk} part={part} /> : <NotInStory />}
    </Words>
  )
}
