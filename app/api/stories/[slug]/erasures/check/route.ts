import { provingAnswer } from '#lib/http/proving-answer.ts'
import { writeRoute } from '#lib/http/route.ts'
import { lookForErased } from '#lib/newsroom/look-for-erased.ts'
import type { Refusal } from '#lib/newsroom/newsroom.ts'
import { erasureCheck } from '#lib/story/erasure.ts'

export const POST = writeRoute<{ slug: string }>()(
  erasureCheck,
  async ({ newsroom, caller, input, params: { slug }, request }): Promise<Response | Refusal> => {
    const result = await lookForErased(newsroom, caller, slug, input.words)
    return result.kind === 'done' ? provingAnswer(request, result.answer) : result
  },
)
