import { storyDeskRoute } from '#lib/http/route.ts'
import { readUnsent } from '#lib/reading/read-unsent.ts'

type Params = { slug: string }

export const GET = storyDeskRoute<Params>('submit a draft', ({ newsroom, person, params: { slug } }) => readUnsent(newsroom.store, slug, person))
