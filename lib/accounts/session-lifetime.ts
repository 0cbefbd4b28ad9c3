const dayMs = 24 * 3600_000

/** How long a session may last, however much it is used. Who signs in again has a new one. */
const maxSessionAgeMs = 30 * dayMs

/** Returns the moment before which a session must not have begun if it is to be valid at `now`. */
export function oldestSessionStart(now: Date): Date {
  return new Date(now.getTime() - maxSessionAgeMs)
}
