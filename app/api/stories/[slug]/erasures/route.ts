import { provingAnswer } from '#lib/http/proving-answer.ts'
import { storyDeskRoute, writeRoute } from '#lib/http/route.ts'
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

export const GET = storyDeskRoute<{ slug: string }>('erase history', async ({ newsroom: { store }, params: { slug } }) => {
  const stored = await store.story(slug)
  return stored && { facts: await store.erasures.facts(stored.story.id) }
})
