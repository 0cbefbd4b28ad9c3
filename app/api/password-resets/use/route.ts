import { hashToken } from '#lib/accounts/single-use-token.ts'
import { guardedRoute } from '#lib/http/route.ts'
import { doneAndTold } from '#lib/http/tell-owner.ts'
import { resetPassword } from '#lib/newsroom/people/reset-password.ts'
import { passwordReset } from '#lib/people/password-bodies.ts'
import { runtime } from '#lib/runtime.ts'

export const POST = guardedRoute(
  passwordReset,
  ({ token }) => `reset ${hashToken(token)}`,
  async ({ newsroom, input }) => doneAndTold(await resetPassword(newsroom, input, runtime().passwords)),
)
