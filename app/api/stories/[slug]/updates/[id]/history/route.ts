import { refused } from '#lib/http/problem.ts'
import { storyDeskRoute } from '#lib/http/route.ts'
import { readHistory } from '#lib/reading/read-history.ts'

type Params = { slug: string; id: string }

export const GET = storyDeskRoute<Params>('see the desk', async ({ newsroom, params: { slug, id } }) => {
  const revisions = await readHistory(newsroom.store, slug, id)
  return revisions === null ? refused({ kind: 'no-such-update' }) : { revisions }
})
