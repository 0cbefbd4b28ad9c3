import { factRoute } from '#lib/http/fact-route.ts'
import { reviseQuestion } from '#lib/newsroom/revise-question.ts'
import { questionChanges } from '#lib/story/question.ts'

export const PATCH = factRoute(questionChanges, reviseQuestion)
