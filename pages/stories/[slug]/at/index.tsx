import type { GetServerSideProps } from 'next'
import { momentAddress } from '#components/story/story-address.ts'
import { momentQuery } from '#lib/http/queries.ts'
import { runtime } from '#lib/runtime.ts'

/** Where a form that asks for a moment leads to its page; without one, to the moment that is now. */
export const getServerSideProps: GetServerSideProps<Record<string, never>, { slug: string }> = async ({ params, query }) => {
  const { store, now } = runtime().newsroom
  const stored = await store.story(params?.slug ?? '')
  if (!stored || stored.story.status === 'draft') return { notFound: true }
  const asked = momentQuery.safeParse(query)
  const at = asked.success && asked.data.to !== undefined ? new Date(asked.data.to) : now()
  return { redirect: { destination: momentAddress(stored.story.slug, at.toISOString()), statusCode: 307 } }
}

export default function MomentPage() {
  return null
}
