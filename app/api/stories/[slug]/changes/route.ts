import { refused } from '#lib/http/problem.ts'
import { eventsQuery, readQuery } from '#lib/http/queries.ts'
import { noSuchStory, publicJson, route } from '#lib/http/route.ts'
import { readChanges } from '#lib/reading/read-changes.ts'
import { runtime } from '#lib/runtime.ts'

type Params = { slug: string }

export const GET = route(async (request, { slug }: Params) => {
  const read = readQuery(request.url, eventsQuery)
  if (read.kind === 'invalid') return refused(read)
  const changes = await readChanges(runtime().newsroom.store, slug, read.query.epoch, read.query.after)
  return changes ? publicJson(changes) : noSuchStory()
})
