import { sessionMark } from '#lib/db/ended-sessions.ts'
import { readSignedCookie } from './signed-cookie.ts'

/**
 * What the names of the accounts library's cookies begin with. By https browsers take a cookie with `__Host-` only from this very host, for all
 * of its paths: no subdomain can put one in its place.
 */
export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-better-auth' : 'better-auth'
}

export type SessionCookies = {
  /** Returns the mark of the session that a browser has, by which it is told when it ends; null without one. Asks no database. */
  sessionMarkIn(cookie: string | undefined): string | null
  /** Returns the name of the sign-in that waits for its second factor; null if there is none. */
  challengeIn(cookie: string | null): string | null
}

/** Reads the cookies of the accounts library as the library itself does, and only those that it has signed. */
export function openSessionCookies({ publicUrl, secret }: { readonly publicUrl: string; readonly secret: string }): SessionCookies {
  const prefix = cookiePrefix(publicUrl)
  return {
    sessionMarkIn(cookie) {
      const token = readSignedCookie(cookie, `${prefix}.session_token`, secret)
      return token === null ? null : sessionMark(token)
    },
    challengeIn: (cookie) => readSignedCookie(cookie, `${prefix}.two_factor`, secret),
  }
}
