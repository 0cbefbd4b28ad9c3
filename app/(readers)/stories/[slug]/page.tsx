import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { LiveStory } from '#components/story/live-story.client.tsx'
import { StoryPart } from '#components/story/story-part.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { timelineQuery } from '#lib/http/queries.ts'
import { pick } from '#lib/messages/translator.ts'
import { readOlder, timelinePage } from '#lib/reading/read-timeline.ts'
import { readView } from '#lib/reading/read-view.ts'
import { runtime } from '#lib/runtime.ts'
import type { View } from '#lib/story/view.ts'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Read once for the page and its head. */
const viewAt = cache((slug: string) => readView(runtime().newsroom.store, slug))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params
  const view = await viewAt(slug)
  if (!view) return {}
  const { headline, standfirst } = view.story
  return { title: headline, description: standfirst, alternates: { canonical: `/stories/${slug}` } }
}

export default async function StoryPage({ params, searchParams }: Props) {
  const { slug } = await params
  const view = await viewAt(slug)
  if (!view) notFound()
  const query = timelineQuery.safeParse(await searchParams)
  const isOlder = query.success && query.data.before !== undefined
  return (
    <Words messages={pick('story')} timeZone={view.story.timeZone}>
      <div lang={view.story.language}>{isOlder ? <OlderPart view={view} before={query.data.before} /> : <LiveStory initial={view} />}</div>
    </Words>
  )
}

async function OlderPart({ view, before }: { view: View; before: number | undefined }) {
  const page = await readOlder(runtime().newsroom.store, view.story.slug, { before, limit: timelinePage })
  if (!page) notFound()
  return <StoryPart story={view.story} page={page} openedAt={view.head} />
}
