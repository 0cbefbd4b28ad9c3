import { authProblem } from '#lib/http/auth-problem.ts'
import { problem } from '#lib/http/problem.ts'
import { withBoundedBody } from '#lib/http/read-json.ts'
import { route } from '#lib/http/route.ts'
import { runtime } from '#lib/runtime.ts'

/** Far more than an address and a password, in bytes. */
const longestBody = 16 * 1024

const handle = route(async (asked) => {
  const request = await withBoundedBody(asked, longestBody)
  if (request instanceof Response) return request
  const answer = await runtime().accounts.handle(request)
  if (answer.kind === 'answered') return authProblem(answer.response)
  const { retryAfterSeconds } = answer
  return problem('too-many', `Too many tries to sign in. Wait ${Math.ceil(retryAfterSeconds / 60)} min, then try again.`, {
    headers: { 'retry-after': String(retryAfterSeconds) },
  })
})

export { handle as GET, handle as POST }
