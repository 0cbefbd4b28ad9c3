const dayMs = 24 * 3600_000

/** How long a session may last, however much it is used. Who signs in again has a new one. */
const maxSessionAgeMs = 30 * dayMs

/** For how long a sign-in is good enough for what opens an account: adding a passkey, or an admin's changes to how others sign in. */
export const maxRecentSignInAgeMs = dayMs

/** Tells whether a session that began then began recently enough at `now`. */
export function isRecentSignIn(signedInAt: Date, now: Date): boolean {
  return now.getTime() - signedInAt.getTime() < maxRecentSignInAgeMs
}

/** Returns the moment before which a session must not have begun if it is to be valid at `now`. */
export function oldestSessionStart(now: Date): Date {
  return new Date(now.getTime() - maxSessionAgeMs)
}
