import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { StoryCorrections } from '#components/story/story-corrections.tsx'
import { keepAtEdge, readersPage } from '#lib/http/readers-page.ts'
import type { LogPosition } from '#lib/reading/position.ts'
import { readCorrections, type TextChanges } from '#lib/reading/read-corrections.ts'
import { runtime } from '#lib/runtime.ts'

type Props = TextChanges & { position: LogPosition; page: ReadersPage }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async (context) => {
  const found = await readCorrections(runtime().newsroom.store, context.params?.slug ?? '')
  if (!found) return { notFound: true }
  keepAtEdge(context)
  return { props: { ...found, page: readersPage(found.story, 'corrections') } }
}

export default function CorrectionsPage({ page, position, ...changes }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: changes.story.slug, ...position }}>
      <StoryCorrections {...changes} />
    </ReaderFrame>
  )
}
