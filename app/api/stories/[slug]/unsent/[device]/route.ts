import { readQuery } from '#lib/http/queries.ts'
import { bareWriteRoute, writeRoute } from '#lib/http/route.ts'
import { dropUnsent, keepUnsent } from '#lib/newsroom/keep-unsent.ts'
import { unsentChange, unsentQuery } from '#lib/story/unsent.ts'

type Params = { slug: string; device: string }

export const PUT = writeRoute<Params>()(unsentChange, ({ newsroom, caller, input, params: { slug, device } }) =>
  keepUnsent(newsroom, caller, slug, device, input),
)

export const DELETE = bareWriteRoute<Params>()(async ({ newsroom, caller, params: { slug, device }, request }) => {
  const asked = readQuery(request.url, unsentQuery)
  return asked.kind === 'query' ? dropUnsent(newsroom, caller, slug, device, asked.query.personId) : asked
})
