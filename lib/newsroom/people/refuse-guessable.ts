import { newPasswordFor } from '#lib/people/password-bodies.ts'
import type { Refusal } from '../newsroom.ts'

/**
 * Returns why a person may not have that password, or null if they may. The request's schema has refused common passwords already; this
 * knows whose password it is, and refuses one made of their name or email address too. `path` is the name of the field.
 */
export function refuseGuessable(
  path: string,
  password: string,
  { name, email }: { name: string; email: string },
): Extract<Refusal, { kind: 'invalid' }> | null {
  const checked = newPasswordFor([name, email]).safeParse(password)
  return checked.success ? null : { kind: 'invalid', issues: checked.error.issues.map(({ message }) => ({ path, message })) }
}
