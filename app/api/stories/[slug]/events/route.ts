import { refused } from '#lib/http/problem.ts'
import { eventsQuery, readQuery } from '#lib/http/queries.ts'
import { noSuchStory, publicJson, route } from '#lib/http/route.ts'
import { catchUp } from '#lib/reading/catch-up.ts'
import { runtime } from '#lib/runtime.ts'

type Params = { slug: string }

export const GET = route(async (request, { slug }: Params) => {
  const read = readQuery(request.url, eventsQuery)
  if (read.kind === 'invalid') return refused(read)
  const { newsroom, metrics } = runtime()
  const missed = await catchUp(newsroom.store, slug, read.query.epoch, read.query.after)
  metrics.caughtUpByHttp('store')
  return missed ? publicJson(missed) : noSuchStory()
})
