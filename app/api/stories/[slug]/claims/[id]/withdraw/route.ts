import { factRoute } from '#lib/http/fact-route.ts'
import { withdrawClaim } from '#lib/newsroom/withdraw-claim.ts'
import { withdrawal } from '#lib/story/update.ts'

export const POST = factRoute(withdrawal, (newsroom, caller, which, { notice }) => withdrawClaim(newsroom, caller, which, notice))
