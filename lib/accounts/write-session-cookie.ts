import type { AuthContext } from 'better-auth'

type Settings = Pick<AuthContext, 'authCookies' | 'secret' | 'sessionConfig'>

/** Returns the `Set-Cookie` header of a session, signed and written by the accounts library itself. */
export async function writeSessionCookie({ authCookies: { sessionToken }, secret, sessionConfig }: Settings, token: string): Promise<string> {
  const { createAuthEndpoint } = await import('better-auth/api')
  const write = createAuthEndpoint({ method: 'GET' }, (context) =>
    context.setSignedCookie(sessionToken.name, token, secret, { ...sessionToken.attributes, maxAge: sessionConfig.expiresIn }),
  )
  return write()
}
