import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { LiveStory } from '#components/story/live-story.client.tsx'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StructuredData } from '#components/story/structured-data.tsx'
import { Island } from '#components/ui/island.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { storyPageQuery } from '#lib/http/queries.ts'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { type StoryPage as ReadPage, readStoryPage } from '#lib/reading/read-story-page.ts'
import { runtime } from '#lib/runtime.ts'
import type { Story } from '#lib/story/story.ts'

type Props = ReadPage & {
  page: ReadersPage
  /** When it was made, in ms since 1970. */
  readAt: number
  publicUrl: string
}

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { newsroom, addresses } = runtime()
  const asked = storyPageQuery.safeParse(context.query)
  const readAt = newsroom.now().getTime()
  // An address that somebody has shortened or broken still shows the story.
  const story = await readStoryPage(newsroom.store, context.params?.slug ?? '', asked.success ? asked.data : storyPageQuery.parse({}))
  if (!story) return { notFound: true }
  keepAtEdge(context)
  return { props: { ...story, page: readersPage(story.view.story), readAt, publicUrl: addresses.publicUrl } }
}

export default function StoryPage({ page, view, readAt, order, spot, card, publicUrl }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story">
      <StoryHead story={view.story} card={card} publicUrl={publicUrl} />
      <StructuredData view={view} publicUrl={publicUrl} />
      <Island>
        <Words words={page.words} timeZone={page.timeZone}>
          <LiveStory initial={view} readAt={readAt} order={order} spot={spot} />
        </Words>
      </Island>
    </ReaderFrame>
  )
}

/** As wide as others show a cover at most. */
const cardWidth = 1280

/** What a link to the page is shown with elsewhere. */
function StoryHead({ story: { slug, headline, cover }, card, publicUrl }: { story: Story; card: ReadPage['card']; publicUrl: string }) {
  const t = useTranslations('site')
  const address = `${publicUrl}/stories/${slug}`
  return (
    <Head>
      <title key="title">{`${headline} – ${t('name')}`}</title>
      <meta name="description" content={card.description} />
      <link rel="canonical" href={address} />
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={t('name')} />
      <meta property="og:title" content={card.title} />
      <meta property="og:description" content={card.description} />
      <meta property="og:url" content={address} />
      {cover && <meta property="og:image" content={`${publicUrl}${cover.src}/${cardWidth}.jpg`} />}
      {cover && <meta property="og:image:alt" content={cover.alt} />}
      {cover && <meta name="twitter:card" content="summary_large_image" />}
    </Head>
  )
}
