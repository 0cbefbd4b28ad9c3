import { hashToken } from '#lib/accounts/single-use-token.ts'
import { guardedRoute } from '#lib/http/route.ts'
import { signedInAnswer } from '#lib/http/sign-in.ts'
import { acceptInvitation } from '#lib/newsroom/people/accept-invitation.ts'
import { acceptance } from '#lib/people/password-bodies.ts'
import { runtime } from '#lib/runtime.ts'

/** Whoever has accepted is signed in: they have just shown that they know the password. */
export const POST = guardedRoute(
  acceptance,
  ({ token }) => `invitation ${hashToken(token)}`,
  async ({ newsroom, input, request }) => {
    const accepted = await acceptInvitation(newsroom, input, runtime().passwords)
    return accepted.kind === 'done' ? signedInAnswer(request, accepted.answer.email, input.password) : accepted
  },
)
