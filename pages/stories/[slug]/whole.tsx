import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { WholeStory } from '#components/story/whole-story.tsx'
import { wholeStoryQuery } from '#lib/http/queries.ts'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import { type WholeStory as ReadStory, readWholeStory } from '#lib/reading/read-whole-story.ts'
import { runtime } from '#lib/runtime.ts'

type Props = ReadStory & { page: ReadersPage; readAt: number }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { store, now } = runtime().newsroom
  const readAt = now().getTime()
  const asked = wholeStoryQuery.safeParse(context.query)
  const whole = await readWholeStory(store, context.params?.slug ?? '', asked.success ? asked.data.part : 1)
  if (!whole) return { notFound: true }
  keepAtEdge(context)
  return { props: { ...whole, page: readersPage(whole.view.story), readAt } }
}

export default function WholeStoryPage({ page, ...whole }: Props) {
  const { view } = whole
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: view.story.slug, epoch: view.epoch, head: view.head }}>
      <WholeStory {...whole} />
    </ReaderFrame>
  )
}
