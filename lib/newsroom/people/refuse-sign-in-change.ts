import type { Caller } from '#lib/accounts/person.ts'
import { isRecentSignIn } from '#lib/accounts/session-lifetime.ts'
import type { Refusal } from '../newsroom.ts'

/**
 * Returns why an admin may not change how a person signs in, or null if they may. Their own password and two-factor are changed on the account
 * page, which asks for the password; otherwise an admin's session would be enough to take the account for good. For others it takes a
 * session of the last day, so that one that was stolen isn't good for that until it expires.
 */
export function refuseSignInChange(
  caller: Caller,
  personId: string,
  now: Date,
): Extract<Refusal, { kind: 'own-account' | 'sign-in-too-old' }> | null {
  if (caller.person?.id === personId) return { kind: 'own-account' }
  if (caller.signedInAt === undefined || !isRecentSignIn(caller.signedInAt, now)) return { kind: 'sign-in-too-old' }
  return null
}
