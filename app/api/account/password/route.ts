import { tooManyTries } from '#lib/http/problem.ts'
import { addressOf, writeRoute } from '#lib/http/route.ts'
import { tellOwner } from '#lib/http/tell-owner.ts'
import { changeOwnPassword } from '#lib/newsroom/people/change-own-account.ts'
import { passwordChange } from '#lib/people/password-bodies.ts'
import { runtime } from '#lib/runtime.ts'

/** The answer sets the cookie of the session that goes on: the one from before is of no more use. */
export const POST = writeRoute()(passwordChange, async ({ newsroom, caller, input, request }) => {
  const { accounts, passwords } = runtime()
  const tried = [`password of ${caller.person?.id}`, { address: addressOf(request) }] as const
  const seconds = await accounts.tries.take(...tried)
  if (seconds > 0) return tooManyTries(seconds)
  const changed = await changeOwnPassword(newsroom, caller, input, passwords)
  if (changed.kind !== 'done') return changed
  await accounts.tries.forget(...tried)
  const { change, sessionToken } = changed.answer
  tellOwner(change)
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (sessionToken !== null) headers.append('set-cookie', await accounts.sessionCookie(sessionToken))
  return Response.json(null, { headers })
})
