import { tooManyTries } from '#lib/http/problem.ts'
import { addressOf, writeRoute } from '#lib/http/route.ts'
import { doneAndTold } from '#lib/http/tell-owner.ts'
import { changeOwnPassword } from '#lib/newsroom/people/change-own-account.ts'
import { passwordChange } from '#lib/people/password-bodies.ts'
import { runtime } from '#lib/runtime.ts'

export const POST = writeRoute()(passwordChange, async ({ newsroom, caller, input, request }) => {
  const { accounts, passwords } = runtime()
  const tried = [`password of ${caller.person?.id}`, { address: addressOf(request) }] as const
  const seconds = await accounts.tries.take(...tried)
  if (seconds > 0) return tooManyTries(seconds)
  const changed = await changeOwnPassword(newsroom, caller, input, passwords)
  if (changed.kind === 'done') await accounts.tries.forget(...tried)
  return doneAndTold(changed)
})
