import { z } from 'zod'
import { problem, signInTooOldDetail } from './problem.ts'
import type { ProblemKind } from './problem-document.ts'

const authError = z.object({ message: z.string(), code: z.string().optional() })

/** The accounts library's answer, with its errors as problem documents like everybody else's. */
export async function authProblem(response: Response): Promise<Response> {
  if (response.status < 400) return response
  const said = authError.safeParse(await response.json().catch(() => null))
  const kind = (said.data?.code && kindsOfCodes[said.data.code]) || kindOf(response.status)
  return problem(kind, details[kind] ?? said.data?.message ?? 'The accounts answered with an error.')
}

/** What the library's own codes mean, where the status alone would say something else. */
const kindsOfCodes: Readonly<Record<string, ProblemKind>> = {
  ACCOUNT_DEACTIVATED: 'deactivated',
  SESSION_NOT_FRESH: 'sign-in-too-old',
  INVALID_PASSWORD: 'wrong-password',
  INVALID_CODE: 'wrong-code',
  INVALID_BACKUP_CODE: 'wrong-code',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'too-many',
  ACCOUNT_TEMPORARILY_LOCKED: 'too-many',
}

const wrongCodeDetail = 'The code is not right, or was used before.'

const details: Partial<Record<ProblemKind, string>> = {
  deactivated: 'This account has been deactivated. Ask an admin of the newsroom.',
  'sign-in-too-old': signInTooOldDetail,
  'wrong-password': 'The password is not right.',
  'wrong-code': wrongCodeDetail,
  'too-many': 'Too many codes were tried. Sign in from the beginning; if that does not help, wait a quarter of an hour.',
}

/** For a code that was right once. */
export function wrongCode(): Response {
  return problem('wrong-code', wrongCodeDetail)
}

function kindOf(status: number): ProblemKind {
  if (status === 401) return 'sign-in-needed'
  if (status === 403) return 'foreign-origin'
  if (status === 404) return 'no-such-address'
  if (status === 415) return 'not-a-json-type'
  if (status === 429) return 'too-many'
  return status < 500 ? 'invalid' : 'failed'
}
