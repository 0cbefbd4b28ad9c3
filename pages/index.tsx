import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryList } from '#components/story/story-list.client.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { readStories } from '#lib/reading/read-stories.ts'
import { runtime } from '#lib/runtime.ts'
import type { ListedStory } from '#lib/story/story.ts'

type Props = { page: ReadersPage; stories: ListedStory[]; readAt: number }

export const getServerSideProps: GetServerSideProps<Props> = async (context) => {
  const { store, now } = runtime().newsroom
  const readAt = now()
  const stories = await readStories(store, readAt)
  keepAtEdge(context)
  return { props: { page: readersPage(null), stories, readAt: readAt.getTime() } }
}

export default function HomePage({ page, stories, readAt }: Props) {
  return (
    <ReaderFrame page={page} skipTo="stories">
      <HomeHead />
      <StoryList initial={stories} readAt={readAt} />
    </ReaderFrame>
  )
}

function HomeHead() {
  const t = useTranslations('site')
  return (
    <Head>
      <title key="title">{t('name')}</title>
      <meta name="description" content={t('description')} />
    </Head>
  )
}
