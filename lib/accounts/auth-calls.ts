import { authBodies } from '#lib/people/auth-bodies.ts'

const reads = ['/get-session', '/passkey/generate-authenticate-options'] as const
const writes = Object.keys(authBodies) as (keyof typeof authBodies)[]

/**
 * What of the accounts library's API is offered, below /api/auth/. The rest of it (sign-up, changing one's data past our commands,
 * sessions listed with their tokens) isn't: what is written past us would be missing in the audit log.
 */
export const authPaths = [...reads, ...writes]
export type AuthPath = (typeof authPaths)[number]

/** A call of it, as somebody asked for it. A body was parsed and let in by {@link authBodies}; the library gets that and no other. */
export type AuthCall = { readonly path: AuthPath; readonly headers: Headers; readonly body: unknown }

/** Which call a request is for; null for none. */
export function authPathOf({ method, url }: Pick<Request, 'method' | 'url'>): AuthPath | null {
  const path = new URL(url).pathname.replace(/^\/api\/auth/, '')
  return (method === 'GET' ? reads : writes).find((offered) => offered === path) ?? null
}

/**
 * Where something secret can be guessed: whose it is, for the count of tries. Null where nothing can be. Only the session of a person lets
 * their password be tried, so a sign-in that waits for its second factor (`personId`) doesn't count there.
 */
export function guessedAt(
  path: AuthPath,
  { email, personId, signedInId }: { email: string; personId: string | null; signedInId: string | null },
): string | null {
  switch (path) {
    case '/sign-in/email':
      return email
    case '/two-factor/verify-totp':
    case '/two-factor/verify-backup-code':
      return personId && `code of ${personId}`
    case '/two-factor/enable':
    case '/two-factor/disable':
    case '/two-factor/generate-backup-codes':
    case '/passkey/generate-register-options':
    case '/passkey/delete-passkey':
      return signedInId && `password of ${signedInId}`
    default:
      // What a passkey signs can't be guessed; were it counted, strangers could use up everybody's tries.
      return null
  }
}
