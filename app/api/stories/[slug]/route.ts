import { refused } from '#lib/http/problem.ts'
import { placeQuery, readQuery } from '#lib/http/queries.ts'
import { noSuchStory, publicJson, route, writeRoute } from '#lib/http/route.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { readView } from '#lib/reading/read-view.ts'
import { runtime } from '#lib/runtime.ts'
import { storyChanges } from '#lib/story/story.ts'

type Params = { slug: string }

export const GET = route(async (request, { slug }: Params) => {
  const read = readQuery(request.url, placeQuery)
  if (read.kind === 'invalid') return refused(read)
  const view = await readView(runtime().newsroom.store, slug, read.query)
  return view ? publicJson(view) : noSuchStory()
})

export const PATCH = writeRoute<Params>()(storyChanges, ({ newsroom, caller, input, params }) => reviseStory(newsroom, caller, params.slug, input))
