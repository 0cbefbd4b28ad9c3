import { z } from 'zod'
import { problem } from './problem.ts'
import type { ProblemKind } from './problem-document.ts'

const authError = z.object({ message: z.string() })

/** The accounts library's answer, with its errors as problem documents like everybody else's. */
export async function authProblem(response: Response): Promise<Response> {
  if (response.status < 400) return response
  const said = authError.safeParse(await response.json().catch(() => null))
  return problem(kindOf(response.status), said.success ? said.data.message : 'The accounts answered with an error.')
}

function kindOf(status: number): ProblemKind {
  if (status === 401) return 'sign-in-needed'
  if (status === 403) return 'foreign-origin'
  if (status === 404) return 'no-such-address'
  if (status === 415) return 'not-a-json-type'
  if (status === 429) return 'too-many'
  return status < 500 ? 'invalid' : 'failed'
}
