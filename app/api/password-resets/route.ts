import { mayMailReset } from '#lib/http/reset-mail-limit.ts'
import { guardedRoute } from '#lib/http/route.ts'
import { linkTo, mail } from '#lib/http/single-use-link.ts'
import { resetLetter } from '#lib/mail/letters.ts'
import { done } from '#lib/newsroom/newsroom.ts'
import { askForReset } from '#lib/newsroom/people/make-reset-link.ts'
import { resetRequest } from '#lib/people/invitation.ts'
import { runtime } from '#lib/runtime.ts'

/**
 * Answers at once, and the same for every address, so nobody learns which ones have accounts. At most three emails an hour go to one address. Without a mail server it says so: then
 * an admin makes the link.
 */
export const POST = guardedRoute(
  resetRequest,
  ({ email }) => `reset of ${email}`,
  async ({ newsroom, input: { email } }) => {
    const { mailer, log } = runtime()
    if (mailer === null) return { kind: 'no-mail' }
    const send = async () => {
      if (!(await mayMailReset(email))) return
      const asked = await askForReset(newsroom, email)
      if (asked) await mail(resetLetter(asked, linkTo('reset', asked.token)))
    }
    send().catch((error: unknown) => log.error({ err: error }, 'making a link for a new password failed'))
    return done({ kind: 'accepted' })
  },
  202,
)
