import { createAuthEndpoint } from 'better-auth/api'
import { createCookieGetter } from 'better-auth/cookies'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cookiePrefix, openSessionCookies } from '#lib/accounts/session-cookie.ts'
import { sessionMark } from '#lib/db/ended-sessions.ts'

const secret = 'a-secret-for-tests-of-more-than-32-characters'
const publicUrls = ['https://live.example.org', 'http://127.0.0.1:3000'] as const

/** What the accounts library reads in that header: the value of a cookie whose signature is valid. */
const readByLibrary = createAuthEndpoint('/read', { method: 'GET' }, async (context) => {
  const value = await context.getSignedCookie(context.getHeader('x-name') ?? '', secret)
  return { value: value || null }
})
const signedByLibrary = createAuthEndpoint('/sign', { method: 'GET' }, async (context) =>
  context.setSignedCookie('x', context.getHeader('x-value') ?? '', secret),
)

/** A cookie's value as the library writes it. */
async function signed(value: string): Promise<string> {
  return (await signedByLibrary({ headers: new Headers({ 'x-value': value }) })).slice('x='.length)
}

describe.each(publicUrls)('the cookies of %s', (publicUrl) => {
  const { challengeIn, sessionMarkIn } = openSessionCookies({ publicUrl, secret })
  // As lib/accounts/library.ts sets the library up.
  const nameOf = createCookieGetter({ advanced: { useSecureCookies: false, cookiePrefix: cookiePrefix(publicUrl) } })
  const names = { challenge: nameOf('two_factor').name, session: nameOf('session_token').name }

  const expectAgreement = async (cookie: string) => {
    for (const [name, read] of [
      [names.challenge, challengeIn],
      [names.session, (header: string) => sessionMarkIn(header)],
    ] as const) {
      const { value } = await readByLibrary({ headers: new Headers({ cookie, 'x-name': name }) })
      const ours = read(new Headers({ cookie }).get('cookie') ?? '')
      expect(ours, cookie).toBe(name === names.session && value !== null ? sessionMark(value) : value)
    }
  }

  test('are read if the library wrote them', async () => {
    const cookie = `theme=dark; ${names.challenge}=${await signed('2fa-abc')}; ${names.session}=${await signed('a-token')}`
    expect([challengeIn(cookie), sessionMarkIn(cookie)]).toEqual(['2fa-abc', sessionMark('a-token')])
    expect([challengeIn(null), sessionMarkIn(undefined)]).toEqual([null, null])
  })

  test('are the ones that the library reads, whatever else is in the header', async () => {
    const genuine = [await signed('2fa-abc'), await signed('a.token'), await signed('ö'), await signed('')]
    const value = fc.oneof(
      fc.constantFrom(...genuine),
      fc.constantFrom(...genuine).map(decodeURIComponent),
      // Another last character can stand for the same bytes, and a space within it means nothing.
      fc.constantFrom(...genuine).chain((text) => fc.constantFrom('A', 'B', '=', '%3D', '%', ' ', '').map((end) => text.slice(0, -4) + end)),
      fc.constantFrom(...genuine).chain((text) => fc.nat(text.length).map((at) => `${text.slice(0, at)}x${text.slice(at + 1)}`)),
      fc.constantFrom(...genuine).map((text) => text.replaceAll('%2B', '-').replaceAll('%2F', '_')),
      fc.constantFrom('x.y', '', '.', `2fa-abc.${'x'.repeat(43)}=`, `.${'x'.repeat(43)}=`),
      fc.string({ unit: fc.constantFrom('%', '2', 'E', '.', '=', '"', 'a', ' '), maxLength: 8 }),
    )
    const name = fc
      .constantFrom(...Object.values(names))
      .chain((own) => fc.constantFrom(own, own, own, `__Host-${own}`, `__Secure-${own}`, own.replace('__Host-', ''), own.toUpperCase(), `x${own}`))
    const space = fc.constantFrom('', '', ' ', '\t', '  ')
    const cookie = fc
      .tuple(space, name, space, fc.constantFrom('=', '=', '=', '==', ''), space, value, fc.constantFrom('', '', '"'), space)
      .map(([before, key, afterKey, equals, beforeValue, text, quote, after]) =>
        [before, key, afterKey, equals, beforeValue, quote, text, quote, after].join(''),
      )
    const header = fc.array(cookie, { minLength: 1, maxLength: 4 }).chain((all) => fc.constantFrom(';', '; ', ';;', ',').map((by) => all.join(by)))
    await fc.assert(fc.asyncProperty(header, expectAgreement), { numRuns: 500 })
  })
})
