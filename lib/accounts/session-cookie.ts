import { sessionMark } from '#lib/db/ended-sessions.ts'

/**
 * What the names of the accounts library's cookies begin with. By https browsers take a cookie with `__Host-` only from this very host, for all
 * of its paths: no subdomain can put one in its place.
 */
export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-better-auth' : 'better-auth'
}

const name = (of: string) => new RegExp(`(?:^|;\\s*)(?:__Host-)?better-auth\\.${of}=([^;]+)`)
const session = name('session_token')
const challenge = name('two_factor')

/** What the cookie holds, before its signature. It isn't checked: good for naming something, and not for letting somebody in. */
function unsigned(cookie: string | null | undefined, pattern: RegExp): string | null {
  const value = pattern.exec(cookie ?? '')?.[1]
  if (value === undefined) return null
  try {
    return decodeURIComponent(value).replace(/\.[^.]*$/, '')
  } catch {
    // Not what the library writes.
    return null
  }
}

/** The mark of the session that a browser says it has, by which it is told when it ends. */
export function sessionMarkIn(cookie: string | undefined): string | null {
  const token = unsigned(cookie, session)
  return token === null ? null : sessionMark(token)
}

/** Names the sign-in that waits for its second factor; null if there's none. */
export function challengeIn(cookie: string | null): string | null {
  return unsigned(cookie, challenge)
}
