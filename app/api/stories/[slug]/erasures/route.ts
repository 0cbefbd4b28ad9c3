import { provingAnswer } from '#lib/http/proving-answer.ts'
import { writeRoute } from '#lib/http/route.ts'
import { eraseHistory } from '#lib/newsroom/erase-history.ts'
import type { Refusal } from '#lib/newsroom/newsroom.ts'
import { newErasure } from '#lib/story/erasure.ts'

export const POST = writeRoute<{ slug: string }>()(
  newErasure,
  async ({ newsroom, caller, input, params: { slug }, request }): Promise<Response | Refusal> => {
    const result = await eraseHistory(newsroom, caller, slug, input)
    return result.kind === 'done' ? provingAnswer(request, result.answer) : result
  },
)
