import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { LiveStory } from '#components/story/live-story.client.tsx'
import { ReaderFrame } from '#components/story/reader-frame.tsx'
import type { Order } from '#components/story/story-address.ts'
import { storyPageQuery } from '#lib/http/queries.ts'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { readStoryPage } from '#lib/reading/read-story-page.ts'
import { runtime } from '#lib/runtime.ts'
import type { View } from '#lib/story/view.ts'
import type { PageProps } from '../../_app.tsx'

type Props = PageProps & {
  view: View
  readAt: number
  order: Order
  spot: string | null
  publicUrl: string
  /** What a link to the page is shown with elsewhere: the update's words where it names one. */
  card: { title: string; description: string }
}

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { newsroom, addresses } = runtime()
  const asked = storyPageQuery.safeParse(context.query)
  const readAt = newsroom.now().getTime()
  // An address that somebody has shortened or broken still shows the story.
  const page = await readStoryPage(newsroom.store, context.params?.slug ?? '', asked.success ? asked.data : storyPageQuery.parse({}))
  if (!page) return { notFound: true }
  keepAtEdge(context)
  return { props: { ...readersPage(page.view.story), ...page, readAt, publicUrl: addresses.publicUrl } }
}

export default function StoryPage({ view, readAt, order, spot, card, publicUrl }: Props) {
  const t = useTranslations('site')
  const { slug, headline } = view.story
  const address = `${publicUrl}/stories/${slug}`
  return (
    <ReaderFrame skipLabel={t('skip')}>
      <Head>
        <meta name="description" content={card.description} />
        <link rel="canonical" href={address} />
        <meta property="og:type" content="article" />
        <meta property="og:site_name" content={t('name')} />
        <meta property="og:title" content={card.title} />
        <meta property="og:description" content={card.description} />
        <meta property="og:url" content={address} />
      </Head>
      <LiveStory initial={view} readAt={readAt} order={order} spot={spot} title={`${headline} – ${t('name')}`} />
    </ReaderFrame>
  )
}
