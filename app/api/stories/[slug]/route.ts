import { noSuchStory, publicJson, route, writeRoute } from '#lib/http/route.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { readView } from '#lib/reading/read-view.ts'
import { runtime } from '#lib/runtime.ts'
import { storyChanges } from '#lib/story/story.ts'

type Params = { slug: string }

export const GET = route(async (_request, { slug }: Params) => {
  const view = await readView(runtime().newsroom.store, slug)
  return view ? publicJson(view) : noSuchStory()
})

export const PATCH = writeRoute<Params>()(storyChanges, ({ newsroom, caller, input, params }) => reviseStory(newsroom, caller, params.slug, input))
