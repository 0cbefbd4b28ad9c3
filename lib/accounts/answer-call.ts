import { z } from 'zod'
import type { People } from '#lib/db/people.ts'
import type { Busy } from '#lib/limits/concurrency-limit.ts'
import { type AccountChange, isSecurityAction } from '#lib/people/account-change.ts'
import { type AuthCall, type AuthPath, guessedAt } from './auth-calls.ts'
import { failureTally } from './failure-tally.ts'
import { type AccountsSettings, type loadLibrary, serverBusy } from './library.ts'
import { answerIn, libraryRequest, takesPassword } from './library-request.ts'
import { lookUpKnownNetwork } from './look-up-known-network.ts'
import { noteOfAuth } from './note-of-auth.ts'
import type { Caller } from './person.ts'
import { openSessionCookies } from './session-cookie.ts'
import { networkDigest, type signInLimit } from './sign-in-limit.ts'
import { isUserVerified } from './user-verified.ts'

export type AuthAnswer =
  /** `change` is what the owner of the account is to be told of, if anything. */
  | { kind: 'answered'; response: Response; change: AccountChange | null }
  | { kind: 'too-many-tries'; retryAfterSeconds: number }
  /** The code was used before. */
  | { kind: 'used-code' }
  /** A device let a passkey be used without making sure by whom. */
  | { kind: 'not-verified' }
  /** The password that was asked for besides the session. */
  | { kind: 'wrong-password' }
  | { kind: 'foreign-origin' }
  /** There is no sign-in that waits for this code. */
  | { kind: 'sign-in-needed' }
  | Busy

type Surroundings = {
  readonly people: People
  readonly settings: AccountsSettings
  /** Loads the library, or answers it once it is. */
  readonly auth: () => ReturnType<typeof loadLibrary>
  readonly identify: (headers: Headers) => Promise<Caller>
  readonly tries: ReturnType<typeof signInLimit>
  readonly now: () => Date
}

/**
 * Returns what answers a call of the accounts library: checks what the library doesn't (tries, codes that were used, the password for
 * passkeys), asks the library, and writes down what came of it.
 */
export function answerCalls({ people, settings, auth, identify, tries, now }: Surroundings): (call: AuthCall) => Promise<AuthAnswer> {
  const cookies = openSessionCookies(settings)
  const tally = failureTally()

  return async ({ path, headers, body }: AuthCall): Promise<AuthAnswer> => {
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
    // Without a person we couldn't count the tries, or tell that the code was used before.
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
}

const signIn = z.object({ email: z.string() })
const withCode = z.object({ code: z.string() })
const withPassword = z.object({ password: z.string() })
const busyAnswer = z.object({ code: z.literal(serverBusy.code) })

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
