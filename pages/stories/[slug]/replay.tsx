import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryReplay } from '#components/story/story-replay.client.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import type { LogPosition } from '#lib/reading/position.ts'
import { readOpening } from '#lib/reading/read-opening.ts'
import { runtime } from '#lib/runtime.ts'
import type { Story } from '#lib/story/story.ts'
import type { View } from '#lib/story/view.ts'

type Props = { page: ReadersPage; story: Story; position: LogPosition; opening: View | null }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const found = await readOpening(runtime().newsroom.store, context.params?.slug ?? '')
  if (!found) return { notFound: true }
  keepAtEdge(context)
  context.res.setHeader('X-Robots-Tag', 'noindex')
  return { props: { ...found, page: readersPage(found.story, 'replay') } }
}

export default function ReplayPage({ page, story, position, opening }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: story.slug, ...position }}>
      <StoryReplay story={story} opening={opening} />
    </ReaderFrame>
  )
}
