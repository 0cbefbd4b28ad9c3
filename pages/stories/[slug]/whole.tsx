import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { WholeStory } from '#components/story/whole-story.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { readWholeStory } from '#lib/reading/read-story-page.ts'
import { runtime } from '#lib/runtime.ts'
import type { View } from '#lib/story/view.ts'

type Props = { page: ReadersPage; view: View; readAt: number }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { store, now } = runtime().newsroom
  const readAt = now().getTime()
  const view = await readWholeStory(store, context.params?.slug ?? '')
  if (!view) return { notFound: true }
  keepAtEdge(context)
  return { props: { page: readersPage(view.story), view, readAt } }
}

export default function WholeStoryPage({ page, view, readAt }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: view.story.slug, epoch: view.epoch, head: view.head }}>
      <WholeStory view={view} readAt={readAt} />
    </ReaderFrame>
  )
}
