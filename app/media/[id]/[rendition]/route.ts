import { problem, refused } from '#lib/http/problem.ts'
import { addressOf, route } from '#lib/http/route.ts'
import { networkOf } from '#lib/limits/network.ts'
import { runtime } from '#lib/runtime.ts'
import { renditionNamed } from '#lib/story/picture.ts'

type Params = { id: string; rendition: string }

export const GET = route(async (request, { id, rendition }: Params) => {
  const asked = renditionNamed(rendition)
  if (asked === null) return noSuchPicture()
  const found = await runtime().media.rendition(id, asked.width, asked.format, networkOf(addressOf(request)))
  if (found.kind === 'no-such-picture') return noSuchPicture()
  if (found.kind === 'busy') return refused(found)
  return new Response(found.bytes, {
    headers: {
      'content-type': found.type,
      // A picture never changes: another one has another id.
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
})

function noSuchPicture(): Response {
  return problem('no-such-picture', 'There is no picture at this address. The widths and formats that there are stand in /api/openapi.json.')
}
