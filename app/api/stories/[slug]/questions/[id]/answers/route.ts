import { factRoute } from '#lib/http/fact-route.ts'
import { answerQuestion } from '#lib/newsroom/answer-question.ts'
import { newAnswer } from '#lib/story/question.ts'

export const POST = factRoute(newAnswer, answerQuestion, 201)
