import { z } from 'zod'
import type { People } from '#lib/db/people.ts'
import { type Busy, inSlot } from '#lib/limits/concurrency-limit.ts'
import { fairLimit } from '#lib/limits/fair-limit.ts'
import { networkOf } from '#lib/network.ts'
import { type AccountChange, isSecurityAction } from '#lib/people/account-change.ts'
import { type AuthCall, type AuthPath, guessedAt } from './auth-calls.ts'
import { failureTally } from './failure-tally.ts'
import { type AccountsSettings, loadLibrary, serverBusy } from './library.ts'
import { lookUpKnownNetwork } from './look-up-known-network.ts'
import { noteOfAuth } from './note-of-auth.ts'
import { type Caller, role } from './person.ts'
import { openSessionCookies } from './session-cookie.ts'
import { oldestSessionStart } from './session-lifetime.ts'
import { networkDigest, signInLimit } from './sign-in-limit.ts'
import { isUserVerified } from './user-verified.ts'
import { writeSessionCookie } from './write-session-cookie.ts'

export type AuthAnswer =
  /** `change` is what the owner of the account is to be told of, if anything. */
  | { kind: 'answered'; response: Response; change: AccountChange | null }
  | { kind: 'too-many-tries'; retryAfterSeconds: number }
  /** A code that somebody signed in with already. */
  | { kind: 'used-code' }
  /** A device let a passkey be used without making sure by whom. */
  | { kind: 'not-verified' }
  /** The password that was asked for besides the session. */
  | { kind: 'wrong-password' }
  | { kind: 'foreign-origin' }
  /** A code for nobody's sign-in. */
  | { kind: 'sign-in-needed' }
  | Busy

export type Accounts = {
  /**
   * Answers a call of the accounts library, and writes down what it has changed.
   *
   * Each passkey takes the current password: it can only be registered with a challenge, of which the library makes one for each registration
   * (`/passkey/generate-register-options`), lets it be used once, within five minutes, and by the same person. We ask the library for
   * one only once the password that came with the call was right, and count the tries like those at other secrets.
   *
   * Removing a passkey takes the current password too. A recent sign-in wouldn't be enough: a session that was just stolen is recent, and could
   * remove the passkeys that its owner signs in with.
   */
  handle(call: AuthCall): Promise<AuthAnswer>
  /**
   * Who makes a request with these headers. Two queries with a session cookie, none without. A session that has lasted as long as one
   * may is ended here.
   */
  identify(headers: Headers): Promise<Caller>
  /** Returns the `Set-Cookie` header of a session that has this token, as the library sends it at a sign-in. */
  sessionCookie(token: string): Promise<string>
  /** Counts tries at secrets that the library doesn't know of: links that let somebody in, one's own password. */
  readonly tries: ReturnType<typeof signInLimit>
}

/** Signing in with e-mail and password, and sessions in a cookie that scripts can't read. There's no signing up: people are invited. */
export function openAccounts(people: People, settings: AccountsSettings, now: () => Date = () => new Date()): Accounts {
  // The library takes a second to load, and readers never need it: it is there when the first session is asked for.
  let loading: ReturnType<typeof loadLibrary> | undefined
  const auth = () => {
    loading ??= loadLibrary(people, settings)
    return loading
  }
  const cookies = openSessionCookies(settings)
  const tries = signInLimit()
  // A sign-in takes 10 ms of the main thread beside its password: a burst of them is worked off while readers are answered in between,
  // and a network that sends many waits for itself.
  const calls = fairLimit({ max: 4, maxOfKey: 2, maxWaiting: 100, maxWaitingOfKey: 20, maxWaitMs: 10_000 })
  const tally = failureTally()

  /** Ends the session if it began too long ago, with all others of which that is true, and answers whether it did. */
  const isOver = async (createdAt: Date): Promise<boolean> => {
    const oldest = oldestSessionStart(now())
    if (createdAt > oldest) return false
    await people.endSessionsBegunBefore(oldest)
    return true
  }

  const identify = async (headers: Headers): Promise<Caller> => {
    const origin = originOf(headers, settings.origins)
    const found = headers.has('cookie') ? await (await auth()).api.getSession({ headers }) : null
    const user = found && person.parse(found.user)
    // A session that was begun at the moment in which its person was deactivated.
    if (!found || !user || user.deactivatedAt || (await isOver(found.session.createdAt))) return { person: null, origin }
    const { deactivatedAt: _, ...signedIn } = user
    return { person: signedIn, origin, sessionId: found.session.id, signedInAt: found.session.createdAt }
  }

  const answer = async ({ path, headers, body }: AuthCall): Promise<AuthAnswer> => {
    const { handler } = await auth()
    const request = libraryRequest({ path, headers, body }, settings)
    const address = headers.get('x-forwarded-for') ?? ''
    if (path === '/passkey/generate-authenticate-options' || path === '/passkey/verify-authentication') {
      const retryAfterSeconds = await tries.takePasskey(address)
      if (retryAfterSeconds > 0) return { kind: 'too-many-tries', retryAfterSeconds }
    }
    const challenge = cookies.challengeIn(headers.get('cookie'))
    const before = await identify(headers)
    const personId = before.person?.id ?? (challenge && (await people.challenged(challenge, now())))
    // Without knowing whose the code is, nobody could count the tries at it, or see that it was used before.
    if (isSecondFactor(path) && personId === null) return { kind: 'sign-in-needed' }
    const email = accountNamed(body)
    const guessed = guessedAt(path, { email, personId, signedInId: before.person?.id ?? null })
    const network = networkDigest(address, settings.secret)
    // A sign-in names its account itself, whoever is signed in already.
    const account = path === '/sign-in/email' ? { email } : personId === null ? null : { id: personId }
    const source = { address, isKnownNetwork: lookUpKnownNetwork(people.knownNetworks, account, network) }
    if (guessed !== null) {
      const retryAfterSeconds = await tries.take(guessed, source)
      if (retryAfterSeconds > 0) return { kind: 'too-many-tries', retryAfterSeconds }
    }
    if (path === '/passkey/verify-authentication' && !isUserVerified(body)) return { kind: 'not-verified' }
    if (takesPassword(path) && before.person !== null) {
      if (before.origin === 'foreign') return { kind: 'foreign-origin' }
      const hash = await people.passwordHash(before.person.id)
      const isRight = hash !== null && (await settings.passwords.verify({ hash, password: passwordIn(body) }))
      if (typeof isRight !== 'boolean') {
        if (guessed !== null) await tries.giveBack(guessed, source)
        return isRight
      }
      if (!isRight) return { kind: 'wrong-password' }
    }
    const asking = personId ? await people.person(personId) : null
    const claim = path === '/two-factor/verify-totp' && personId !== null ? { personId, code: codeIn(body) } : null
    if (claim && !(await people.claimCode(claim, now()))) return { kind: 'used-code' }
    const response = await handler(request)
    if (claim && !response.ok) await people.releaseCode(claim)
    const answered = await answerIn(response)
    if (response.status === 503 && busyAnswer.safeParse(answered).success) {
      // No password was looked at, so nothing was guessed.
      if (guessed !== null) await tries.giveBack(guessed, source)
      return { kind: 'busy' }
    }
    if (guessed !== null && response.ok) await tries.forget(guessed, source)
    const wasSignedIn = before.person !== null
    const exchange = {
      path,
      target: path === '/sign-in/email' && !response.ok ? await people.personAt(email) : null,
      person: asking,
      wasSignedIn,
      hadTwoFactor: asking?.hasTwoFactor ?? false,
      address,
      asked: body,
      ok: response.ok,
      answered,
    }
    const note = noteOfAuth(exchange)
    const at = now()
    if (note?.action === 'sign-in-failed') {
      const { tallyKey, ...tallied } = tally({ ...note, at })
      await people.tally(tallied, tallyKey)
    } else if (note) await people.note({ ...note, at })
    if (note?.action === 'sign-in' && note.subject.id !== null) await people.knownNetworks.remember(note.subject.id, network, at)
    const change = note && asking && isSecurityAction(note.action) ? { owner: asking, actions: [note.action], at } : null
    return { kind: 'answered', response, change }
  }

  return {
    tries,
    identify,
    sessionCookie: async (token) => writeSessionCookie(await (await auth()).$context, token),
    async handle(call) {
      // Asked for all the time, by pages that are open, and changes nothing.
      if (call.path === '/get-session') {
        const { handler } = await auth()
        const response = withoutForgetting(await handler(libraryRequest(call, settings)))
        const found = sessionAnswer.safeParse(await answerIn(response))
        const isValid = !found.success || !(await isOver(found.data.session.createdAt))
        return { kind: 'answered', response: isValid ? response : Response.json(null), change: null }
      }
      return inSlot(calls.enter(networkOf(call.headers.get('x-forwarded-for') ?? '')), () => answer(call))
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

/** Of what a browser calls itself: all that is kept with a session, in characters. */
const maxUserAgent = 300

/**
 * What the library is asked: the body that was let in, written anew, and of the headers those that it looks at. So there is no second
 * way to read what somebody sent. It wants an Origin with every write; a program that sends none may sign in all the same.
 */
function libraryRequest({ path, headers, body }: AuthCall, { origins, publicUrl }: AccountsSettings): Request {
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
function withoutForgetting(response: Response): Response {
  const cookies = response.headers.getSetCookie()
  if (!cookies.some((cookie) => /max-age=0/i.test(cookie))) return response
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  return new Response(response.body, { status: response.status, headers })
}

const person = z.object({ id: z.string(), name: z.string(), email: z.string(), role, deactivatedAt: z.date().nullish() })

const signIn = z.object({ email: z.string() })
const withCode = z.object({ code: z.string() })
const withPassword = z.object({ password: z.string() })
const anyFields = z.record(z.string(), z.unknown())
const sessionAnswer = z.object({ session: z.object({ createdAt: z.coerce.date() }) })

/** The JSON of an answer that is still to be sent; null if it has none. */
function answerIn(response: Response): Promise<unknown> {
  return response
    .clone()
    .json()
    .catch(() => null)
}
const busyAnswer = z.object({ code: z.literal(serverBusy.code) })

/** Whether we check the current password before the library is asked, which takes none there. */
function takesPassword(path: AuthPath): boolean {
  return path === '/passkey/generate-register-options' || path === '/passkey/delete-passkey'
}

function withoutPassword(body: unknown): unknown {
  const { password: _, ...rest } = anyFields.parse(body)
  return rest
}

function isSecondFactor(path: AuthPath): boolean {
  return path === '/two-factor/verify-totp' || path === '/two-factor/verify-backup-code'
}

/** The account that a sign-in is for; empty if the request doesn't say (the library then refuses it). */
function accountNamed(sent: unknown): string {
  const named = signIn.safeParse(sent)
  return named.success ? named.data.email.trim().toLowerCase() : ''
}

function codeIn(sent: unknown): string {
  const read = withCode.safeParse(sent)
  return read.success ? read.data.code.replace(/\s/g, '') : ''
}

function passwordIn(sent: unknown): string {
  const read = withPassword.safeParse(sent)
  return read.success ? read.data.password : ''
}
