import { bareWriteRoute, writeRoute } from '#lib/http/route.ts'
import { dropUnsent, keepUnsent } from '#lib/newsroom/keep-unsent.ts'
import { unsentChange } from '#lib/story/unsent.ts'

type Params = { slug: string; device: string }

export const PUT = writeRoute<Params>()(unsentChange, ({ newsroom, caller, input, params: { slug, device } }) =>
  keepUnsent(newsroom, caller, slug, device, input),
)

export const DELETE = bareWriteRoute<Params>()(({ newsroom, caller, params: { slug, device } }) => dropUnsent(newsroom, caller, slug, device))
