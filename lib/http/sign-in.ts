import { runtime } from '#lib/runtime.ts'
import { authProblem } from './auth-problem.ts'
import { problem, tooManyTries } from './problem.ts'

/** Signs somebody in as they would themselves; the answer sets the session's cookie. */
export async function signedInAnswer(request: Request, email: string, password: string): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/json')
  headers.delete('content-length')
  // Whoever was signed in before isn't any more.
  headers.delete('cookie')
  const url = new URL('/api/auth/sign-in/email', runtime().addresses.publicUrl)
  return answerAuth(new Request(url, { method: 'POST', headers, body: JSON.stringify({ email, password }) }))
}

/** The accounts' answer to a request under /api/auth/. */
export async function answerAuth(request: Request): Promise<Response> {
  const answer = await runtime().accounts.handle(request)
  switch (answer.kind) {
    case 'answered':
      return authProblem(answer.response)
    case 'too-many-tries':
      return tooManyTries(answer.retryAfterSeconds)
    case 'not-verified':
      return problem('sign-in-needed', 'The device did not make sure who uses the passkey. Set a PIN, a fingerprint or a face there, and try again.')
    case 'not-offered':
      return problem('no-such-address', 'There is nothing at this address. /api/openapi.json lists what there is.')
  }
}
