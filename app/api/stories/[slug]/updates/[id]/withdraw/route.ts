import { writeRoute } from '#lib/http/route.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { withdrawal } from '#lib/story/update.ts'

type Params = { slug: string; id: string }

export const POST = writeRoute<Params>()(withdrawal, ({ newsroom, caller, input, params: { slug, id } }) =>
  withdrawUpdate(newsroom, caller, slug, id, input.notice),
)
