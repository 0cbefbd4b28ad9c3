import { factRoute } from '#lib/http/fact-route.ts'
import { withdrawQuestion } from '#lib/newsroom/withdraw-question.ts'
import { withdrawal } from '#lib/story/update.ts'

export const POST = factRoute(withdrawal, (newsroom, caller, which, { notice }) => withdrawQuestion(newsroom, caller, which, notice))
