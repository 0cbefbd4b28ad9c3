import { z } from 'zod'
import type { People } from '#lib/db/people.ts'
import { hashPassword, shortestPassword, verifyPassword } from './password.ts'
import { type Caller, role } from './person.ts'
import { signInLimit } from './sign-in-limit.ts'

export type AccountsSettings = {
  readonly secret: string
  readonly publicUrl: string
  /** The origins our own pages are served from. */
  readonly origins: readonly string[]
}

export type SignInAnswer = { kind: 'answered'; response: Response } | { kind: 'too-many-tries'; retryAfterSeconds: number }

export type Accounts = {
  /** Answers a request under /api/auth/. */
  handle(request: Request): Promise<SignInAnswer>
  /** Who makes a request with these headers. Two queries with a session cookie, none without. */
  identify(headers: Headers): Promise<Caller>
}

/** Signing in with e-mail and password, and sessions in a cookie that scripts can't read. There's no signing up: people are added. */
export function openAccounts(people: People, settings: AccountsSettings): Accounts {
  // The library takes a second to load, and readers never need it: it is there when the first session is asked for.
  let loading: ReturnType<typeof openAuth> | undefined
  const auth = () => {
    loading ??= openAuth(people, settings)
    return loading
  }
  const limit = signInLimit()

  return {
    async handle(asked) {
      const { handler } = await auth()
      const request = withOrigin(asked, settings)
      if (!new URL(request.url).pathname.endsWith('/sign-in/email')) return { kind: 'answered', response: await handler(request) }
      const account = await accountNamed(request.clone())
      const address = request.headers.get('x-forwarded-for') ?? ''
      const retryAfterSeconds = await limit.take(account, address)
      if (retryAfterSeconds > 0) return { kind: 'too-many-tries', retryAfterSeconds }
      const response = await handler(request)
      if (response.ok) await limit.forget(account, address)
      return { kind: 'answered', response }
    },
    async identify(headers) {
      const session = headers.has('cookie') ? await (await auth()).api.getSession({ headers }) : null
      return { person: session && person.parse(session.user), origin: originOf(headers, settings.origins) }
    },
  }
}

/**
 * Whether a browser says that the request was made by a page of another site. With neither header it isn't a browser's: those
 * send at least one of them with a write. Then it carries nobody's cookie but its own.
 */
function originOf(headers: Headers, origins: readonly string[]): Caller['origin'] {
  const origin = headers.get('origin')
  if (origin !== null) return origins.includes(origin) ? 'own' : 'foreign'
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
}

/** The library wants an Origin with every write; a program that sends none may sign in all the same. */
function withOrigin(request: Request, { origins, publicUrl }: AccountsSettings): Request {
  if (request.headers.has('origin') || originOf(request.headers, origins) === 'foreign') return request
  const headers = new Headers(request.headers)
  headers.set('origin', publicUrl)
  return new Request(request, { headers })
}

async function openAuth(people: People, { secret, publicUrl, origins }: AccountsSettings) {
  const { betterAuth } = await import('better-auth')
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
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: { additionalFields: { role: { type: 'string', required: true, input: false } } },
    session: { expiresIn: 14 * 24 * 3600, updateAge: 24 * 3600 },
    advanced: {
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    // Ours counts by account as well as by address, in development too.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  })
}

const person = z.object({ id: z.string(), name: z.string(), email: z.string(), role })

const signIn = z.object({ email: z.string() })

/** The account that a sign-in is for; empty if the request doesn't say (the library then refuses it). */
async function accountNamed(request: Request): Promise<string> {
  const named = signIn.safeParse(await request.json().catch(() => null))
  return named.success ? named.data.email.trim().toLowerCase() : ''
}
