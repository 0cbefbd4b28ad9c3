import type { GetServerSideProps } from 'next'
import { storyAddress } from '#components/story/story-address.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { runtime } from '#lib/runtime.ts'

/** An update's own address, short enough to be passed on: it leads to the update's place in its story. */
export const getServerSideProps: GetServerSideProps<Record<string, never>, { slug: string; id: string }> = async ({ params }) => {
  const found = await readUpdate(runtime().newsroom.store, params?.slug ?? '', params?.id ?? '')
  if (!found) return { notFound: true }
  return { redirect: { destination: storyAddress(found.story.slug, {}, { around: found.update.id }), statusCode: 307 } }
}

export default function UpdatePage() {
  return null
}
