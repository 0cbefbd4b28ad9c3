import { storyDeskRoute } from '#lib/http/route.ts'
import { readDesk } from '#lib/reading/read-desk.ts'

type Params = { slug: string }

export const GET = storyDeskRoute<Params>('see the desk', ({ newsroom, person, params: { slug } }) => readDesk(newsroom.store, slug, person))
