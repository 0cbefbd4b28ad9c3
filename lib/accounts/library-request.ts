import { z } from 'zod'
import type { AuthCall, AuthPath } from './auth-calls.ts'
import type { AccountsSettings } from './library.ts'
import type { Caller } from './person.ts'

/**
 * Whether a browser says that the request was made by a page of another site. With neither header it isn't a browser's: those
 * send at least one of them with a write. Then it carries nobody's cookie but its own.
 */
export function originOf(headers: Headers, origins: readonly string[]): Caller['origin'] {
  const origin = headers.get('origin')
  if (origin !== null) return origins.includes(origin) ? 'own' : 'foreign'
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
}

/** Of what a browser calls itself: all that is kept with a session, in characters. */
const maxUserAgent = 300

/**
 * What the library is asked: the body that was let in, written anew, and of the headers those that it looks at. So there is no second
 * way to read what somebody sent. It wants an Origin with every write; a program that sends none may sign in all the same.
 */
export function libraryRequest({ path, headers, body }: AuthCall, { origins, publicUrl }: AccountsSettings): Request {
  const passed = new Headers()
  for (const name of ['cookie', 'origin', 'referer', 'user-agent', 'x-forwarded-for']) {
    const value = headers.get(name)
    if (value !== null) passed.set(name, name === 'user-agent' ? value.slice(0, maxUserAgent) : value)
  }
  if (!headers.has('origin') && originOf(headers, origins) === 'own') passed.set('origin', publicUrl)
  const url = new URL(`/api/auth${path}`, publicUrl)
  if (body === null || path === '/passkey/generate-register-options') return new Request(url, { headers: passed })
  passed.set('content-type', 'application/json')
  return new Request(url, { method: 'POST', headers: passed, body: JSON.stringify(takesPassword(path) ? withoutPassword(body) : body) })
}

/**
 * Asked with a session that has ended, the library has the browser forget its cookie. By then that may be another's: of somebody who has
 * just signed in again in another tab, while this was on its way. A cookie that is prolonged is kept.
 */
export function withoutForgetting(response: Response): Response {
  const cookies = response.headers.getSetCookie()
  if (!cookies.some((cookie) => /max-age=0/i.test(cookie))) return response
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  return new Response(response.body, { status: response.status, headers })
}

/** Whether we check the current password before the library is asked, which takes none there. */
export function takesPassword(path: AuthPath): boolean {
  return path === '/passkey/generate-register-options' || path === '/passkey/delete-passkey'
}

const anyFields = z.record(z.string(), z.unknown())

function withoutPassword(body: unknown): unknown {
  const { password: _, ...rest } = anyFields.parse(body)
  return rest
}

/** The JSON of an answer that is still to be sent; null if it has none. */
export function answerIn(response: Response): Promise<unknown> {
  return response
    .clone()
    .json()
    .catch(() => null)
}
