import type { GetServerSideProps } from 'next'
import Head from 'next/head'
import { useTranslations } from 'use-intl'
import { ReaderFrame } from '#components/story/reader-frame.tsx'
import { WholeStory } from '#components/story/whole-story.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { readWholeStory } from '#lib/reading/read-story-page.ts'
import { runtime } from '#lib/runtime.ts'
import type { View } from '#lib/story/view.ts'
import type { PageProps } from '../../_app.tsx'

type Props = PageProps & { view: View; readAt: number }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { store, now } = runtime().newsroom
  const readAt = now().getTime()
  const view = await readWholeStory(store, context.params?.slug ?? '')
  if (!view) return { notFound: true }
  keepAtEdge(context)
  return { props: { ...readersPage(view.story), view, readAt } }
}

export default function WholeStoryPage({ view, readAt }: Props) {
  const t = useTranslations('story.whole')
  const site = useTranslations('site')
  return (
    <ReaderFrame skipLabel={site('skip')}>
      <Head>
        <title key="title">{`${t('title')}: ${view.story.headline} – ${site('name')}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <WholeStory view={view} readAt={readAt} />
    </ReaderFrame>
  )
}
