import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryReplay } from '#components/story/story-replay.client.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { runtime } from '#lib/runtime.ts'
import type { Story } from '#lib/story/story.ts'

type Props = { page: ReadersPage; story: Story }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const stored = await runtime().newsroom.store.story(context.params?.slug ?? '')
  if (!stored || stored.story.status === 'draft') return { notFound: true }
  keepAtEdge(context)
  context.res.setHeader('X-Robots-Tag', 'noindex')
  return { props: { page: readersPage(stored.story, 'replay'), story: stored.story } }
}

export default function ReplayPage({ page, story }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story">
      <StoryReplay story={story} />
    </ReaderFrame>
  )
}
