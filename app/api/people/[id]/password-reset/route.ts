import { z } from 'zod'
import { writeRoute } from '#lib/http/route.ts'
import { linkTo, mail } from '#lib/http/single-use-link.ts'
import { resetLetter } from '#lib/mail/letters.ts'
import { done } from '#lib/newsroom/newsroom.ts'
import { makeResetLink } from '#lib/newsroom/people/make-reset-link.ts'
import type { ResetLink } from '#lib/people/invitation.ts'

export const POST = writeRoute<{ id: string }>()(
  z.strictObject({}),
  async ({ newsroom, caller, params: { id } }) => {
    const made = await makeResetLink(newsroom, caller, id)
    if (made.kind !== 'done') return made
    const link = linkTo('reset', made.answer.token)
    const answer: ResetLink = { link, mailed: await mail(resetLetter(made.answer, link)), expiresAt: made.answer.expiresAt }
    return done(answer)
  },
  201,
)
