import { factRoute } from '#lib/http/fact-route.ts'
import { assessClaim } from '#lib/newsroom/assess-claim.ts'
import { newAssessment } from '#lib/story/claim.ts'

export const POST = factRoute(newAssessment, assessClaim, 201)
