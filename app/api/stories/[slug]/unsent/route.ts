import { refused } from '#lib/http/problem.ts'
import { readQuery } from '#lib/http/queries.ts'
import { storyDeskRoute } from '#lib/http/route.ts'
import { readUnsent } from '#lib/reading/read-unsent.ts'
import { unsentQuery } from '#lib/story/unsent.ts'

type Params = { slug: string }

export const GET = storyDeskRoute<Params>('submit a draft', async ({ newsroom, person, params: { slug }, request }) => {
  const asked = readQuery(request.url, unsentQuery)
  if (asked.kind === 'invalid') return refused(asked)
  return asked.query.personId === person.id ? readUnsent(newsroom.store, slug, person) : refused({ kind: 'sign-in-needed' })
})
