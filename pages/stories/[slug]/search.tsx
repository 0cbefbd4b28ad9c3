import type { GetServerSideProps } from 'next'
import { ReaderFrame, type ReadersPage } from '#components/story/reader-frame.tsx'
import { SearchResults } from '#components/story/search-results.tsx'
import { searchQuery } from '#lib/http/queries.ts'
import { readersPage } from '#lib/http/readers-page.ts'
import type { LogPosition } from '#lib/reading/position.ts'
import { type Findings, searchStory } from '#lib/reading/search-story.ts'
import { runtime } from '#lib/runtime.ts'
import type { Story } from '#lib/story/story.ts'

type Props = { page: ReadersPage; story: Story; position: LogPosition; question: string; found: Findings; isFirstPage: boolean }

export const getServerSideProps: GetServerSideProps<Props, { slug: string }> = async ({ params, query }) => {
  const asked = searchQuery.safeParse(query)
  const { q: question, before } = asked.success ? asked.data : searchQuery.parse({ q: '' })
  const result = await searchStory(runtime().newsroom.store, params?.slug ?? '', question, before)
  if (!result) return { notFound: true }
  const { story, position, ...found } = result
  return { props: { page: readersPage(story), story, position, question, found, isFirstPage: before === undefined } }
}

export default function SearchPage({ page, position, ...search }: Props) {
  return (
    <ReaderFrame page={page} skipTo="story" shows={{ slug: search.story.slug, ...position }}>
      <SearchResults {...search} />
    </ReaderFrame>
  )
}
