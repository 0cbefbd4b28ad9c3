import type { People } from '#lib/db/people.ts'
import type { Busy } from '#lib/limits/concurrency-limit.ts'
import { shortestPassword } from '#lib/people/listed-person.ts'
import type { Passwords } from './limited-passwords.ts'
import { cookiePrefix } from './session-cookie.ts'
import { maxRecentSignInAgeMs } from './session-lifetime.ts'

export type AccountsSettings = {
  readonly secret: string
  readonly passwords: Passwords
  readonly publicUrl: string
  /** The origins our own pages are served from. */
  readonly origins: readonly string[]
  /** Told of what the library says went wrong. */
  readonly report: (what: string, error: unknown) => void
}

/** Said in place of a session, to somebody whose password was right. */
export const deactivated = { code: 'ACCOUNT_DEACTIVATED', message: 'This account has been deactivated.' } as const

/** Answered when too many passwords are being hashed and verified already. */
export const serverBusy = { code: 'SERVER_BUSY', message: 'Too many people are signing in.' } as const

const day = 24 * 3600

/** better-auth with what we offer of it. Loads it, which takes a second. */
export async function loadLibrary(people: People, { secret, passwords, publicUrl, origins, report }: AccountsSettings) {
  const [{ betterAuth }, { APIError }, { twoFactor }, { passkey }] = await Promise.all([
    import('better-auth'),
    import('better-auth/api'),
    import('better-auth/plugins/two-factor'),
    import('@better-auth/passkey'),
  ])
  const unlessBusy = <Answer extends string | boolean>(answer: Answer | Busy): Answer => {
    if (typeof answer === 'object') throw new APIError('SERVICE_UNAVAILABLE', serverBusy)
    return answer
  }
  return betterAuth({
    appName: 'Staytuned',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [...origins],
    database: people.adapter,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      password: {
        hash: async (password) => unlessBusy(await passwords.hash(password)),
        verify: async (attempt) => unlessBusy(await passwords.verify(attempt)),
      },
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        deactivatedAt: { type: 'date', required: false, input: false },
      },
    },
    // When a session was last used is told to its owner, and is as true as this is short.
    session: { expiresIn: 14 * day, updateAge: 10 * 60, freshAge: maxRecentSignInAgeMs / 1000 },
    plugins: [
      twoFactor({ issuer: 'Staytuned' }),
      // A passkey stands for password and code together: the device must have made sure who holds it.
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Staytuned',
        origin: [...origins],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    ],
    databaseHooks: {
      session: {
        create: {
          // Whichever way somebody signs in, it ends here.
          before: async ({ userId }) => {
            if ((await people.person(userId))?.deactivatedAt) throw new APIError('FORBIDDEN', deactivated)
          },
        },
        delete: {
          // Turning two-factor on or off puts another session in the place of the one that asks.
          after: ({ token }, context) => people.tellEnded(token, context?.path.startsWith('/two-factor/') ? 'replaced' : 'ended'),
        },
      },
    },
    advanced: {
      // This option would put `__Secure-` before the names, and then the prefix wouldn't be at their beginning.
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(publicUrl),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), path: '/' },
    },
    // Ours counts by account as well as by address, in development too.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Of what it says beside, only an error is passed on: the rest can be about somebody.
    logger: {
      level: 'warn',
      log: (_level, what, ...said) =>
        report(
          `accounts: ${what}`,
          said.find((each) => each instanceof Error),
        ),
    },
  })
}
