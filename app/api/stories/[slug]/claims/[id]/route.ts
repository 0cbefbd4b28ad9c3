import { factRoute } from '#lib/http/fact-route.ts'
import { reviseClaim } from '#lib/newsroom/revise-claim.ts'
import { claimChanges } from '#lib/story/claim.ts'

export const PATCH = factRoute(claimChanges, reviseClaim)
