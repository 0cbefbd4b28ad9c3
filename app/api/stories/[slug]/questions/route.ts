import { idempotencyKeyOf, writeRoute } from '#lib/http/route.ts'
import { raiseQuestion } from '#lib/newsroom/raise-question.ts'
import { newQuestion } from '#lib/story/question.ts'

export const POST = writeRoute<{ slug: string }>()(
  newQuestion,
  async ({ newsroom, caller, input, params, request }) => {
    const key = idempotencyKeyOf(request)
    return key.kind === 'key' ? raiseQuestion(newsroom, caller, params.slug, input, key.key) : key
  },
  201,
)
