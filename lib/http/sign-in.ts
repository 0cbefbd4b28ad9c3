import { type AuthCall, authPathOf } from '#lib/accounts/auth-calls.ts'
import { authBodies } from '#lib/people/auth-bodies.ts'
import { runtime } from '#lib/runtime.ts'
import { authProblem, wrongCode } from './auth-problem.ts'
import { noSuchAddress, problem, refused, tooManyTries } from './problem.ts'
import { readJson } from './read-json.ts'
import { tellOwner } from './tell-owner.ts'

/** Far more than an address and a password, or what a passkey signs, in bytes. */
const longestBody = 16 * 1024

/** Signs somebody in as they would themselves; the answer sets the session's cookie. */
export function signedInAnswer(request: Request, email: string, password: string): Promise<Response> {
  const headers = new Headers(request.headers)
  // Whoever was signed in before isn't any more.
  headers.delete('cookie')
  return answerCall({ path: '/sign-in/email', headers, body: { email, password } })
}

/** The accounts' answer to a request under /api/auth/; a body must be JSON, of the fields that its call has and no others. */
export async function answerAuth(request: Request): Promise<Response> {
  const { headers } = request
  const path = authPathOf(request)
  if (path === null) return noSuchAddress()
  if (!(path in authBodies)) return answerCall({ path, headers, body: null })
  const read = await readJson(request, authBodies[path as keyof typeof authBodies], longestBody)
  return read.kind === 'refused' ? read.response : answerCall({ path, headers, body: read.value })
}

async function answerCall(call: AuthCall): Promise<Response> {
  const answer = await runtime().accounts.handle(call)
  switch (answer.kind) {
    case 'answered':
      if (answer.change) tellOwner(answer.change)
      return authProblem(answer.response)
    case 'too-many-tries':
      return tooManyTries(answer.retryAfterSeconds)
    case 'busy':
      return refused(answer)
    case 'used-code':
      return wrongCode()
    case 'wrong-password':
    case 'foreign-origin':
    case 'sign-in-needed':
      return refused(answer)
    case 'not-verified':
      return problem('sign-in-needed', 'The device did not make sure who uses the passkey. Set a PIN, a fingerprint or a face there, and try again.')
  }
}
