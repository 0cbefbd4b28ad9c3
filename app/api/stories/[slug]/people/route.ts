import { storyDeskRoute } from '#lib/http/route.ts'
import { readStoryPeople } from '#lib/reading/read-desk.ts'

type Params = { slug: string }

export const GET = storyDeskRoute<Params>('choose who writes in a story', async ({ newsroom, params: { slug } }) => {
  const people = await readStoryPeople(newsroom.store, slug)
  return people && { people }
})
