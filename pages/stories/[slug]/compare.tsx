import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryComparison } from '#components/story/story-comparison.tsx'
import { comparisonQuery } from '#lib/http/queries.ts'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import type { LogPosition } from '#lib/reading/position.ts'
import { type Comparison, readComparison } from '#lib/reading/read-comparison.ts'
import { runtime } from '#lib/runtime.ts'

type Props = Comparison & { position: LogPosition; page: ReadersPage }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const { store, now } = runtime().newsroom
  const asked = comparisonQuery.safeParse(context.query)
  const { from, to = now().toISOString(), before } = asked.success ? asked.data : {}
  const found = await readComparison(store, context.params?.slug ?? '', { from, to, before })
  if (!found) return { notFound: true }
  keepAtEdge(context)
  context.res.setHeader('X-Robots-Tag', 'noindex')
  return { props: { ...found, page: readersPage(found.story, 'compare') } }
}

export default function ComparisonPage({ page, position, ...comparison }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: comparison.story.slug, ...position }}>
      <StoryComparison {...comparison} />
    </ReaderFrame>
  )
}
