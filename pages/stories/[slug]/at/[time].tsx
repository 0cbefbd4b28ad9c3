import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryAsOf } from '#components/story/story-as-of.tsx'
import { storyPageQuery } from '#lib/http/queries.ts'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import type { LogPosition } from '#lib/reading/position.ts'
import { readStoryAt } from '#lib/reading/read-story-at.ts'
import { runtime } from '#lib/runtime.ts'
import type { StoryAt } from '#lib/story/as-of.ts'
import { instantInput } from '#lib/story/text.ts'

type Props = StoryAt & { position: LogPosition; page: ReadersPage; at: string }

export const getServerSideProps: GetServerSideProps<Props, { slug: string; time: string }> = async (context) => {
  const at = instantInput.safeParse(context.params?.time)
  const asked = storyPageQuery.safeParse(context.query)
  const place = { before: asked.success ? asked.data.before : undefined }
  const found = at.success && (await readStoryAt(runtime().newsroom.store, context.params?.slug ?? '', at.data, place))
  if (!found) return { notFound: true }
  keepAtEdge(context)
  context.res.setHeader('X-Robots-Tag', 'noindex')
  return { props: { ...found, page: readersPage(found.view.story, 'asOf'), at: at.data } }
}

export default function StoryAsOfPage({ page, position, ...story }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: story.view.story.slug, ...position }}>
      <StoryAsOf {...story} />
    </ReaderFrame>
  )
}
