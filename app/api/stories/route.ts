import { idempotencyKeyOf, publicJson, route, writeRoute } from '#lib/http/route.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { readStories } from '#lib/reading/read-stories.ts'
import { runtime } from '#lib/runtime.ts'
import { newStory } from '#lib/story/story.ts'

export const GET = route(async () => {
  const { store, now } = runtime().newsroom
  return publicJson({ stories: await readStories(store, now()) })
})

export const POST = writeRoute()(
  newStory,
  async ({ newsroom, caller, input, request }) => {
    const key = idempotencyKeyOf(request)
    return key.kind === 'key' ? openStory(newsroom, caller, input, key.key) : key
  },
  201,
)
