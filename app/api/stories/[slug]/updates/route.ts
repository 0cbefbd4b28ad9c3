import { refused } from '#lib/http/problem.ts'
import { placeQuery, readQuery } from '#lib/http/queries.ts'
import { idempotencyKeyOf, noSuchStory, publicJson, route, writeRoute } from '#lib/http/route.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { readPage } from '#lib/reading/read-timeline.ts'
import { runtime } from '#lib/runtime.ts'
import { newUpdate } from '#lib/story/update.ts'

type Params = { slug: string }

export const GET = route(async (request, { slug }: Params) => {
  const read = readQuery(request.url, placeQuery)
  if (read.kind === 'invalid') return refused(read)
  const page = await readPage(runtime().newsroom.store, slug, read.query)
  return page ? publicJson(page) : noSuchStory()
})

export const POST = writeRoute<Params>()(
  newUpdate,
  async ({ newsroom, caller, input, params, request }) => {
    const key = idempotencyKeyOf(request)
    return key.kind === 'key' ? publishUpdate(newsroom, caller, params.slug, input, key.key) : key
  },
  201,
)
