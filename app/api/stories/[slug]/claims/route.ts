import { idempotencyKeyOf, writeRoute } from '#lib/http/route.ts'
import { makeClaim } from '#lib/newsroom/make-claim.ts'
import { newClaim } from '#lib/story/claim.ts'

export const POST = writeRoute<{ slug: string }>()(
  newClaim,
  async ({ newsroom, caller, input, params, request }) => {
    const key = idempotencyKeyOf(request)
    return key.kind === 'key' ? makeClaim(newsroom, caller, params.slug, input, key.key) : key
  },
  201,
)
