import { z } from 'zod'
import type { People } from '#lib/db/people.ts'
import { inSlot } from '#lib/limits/concurrency-limit.ts'
import { fairLimit } from '#lib/limits/fair-limit.ts'
import { networkOf } from '#lib/limits/network.ts'
import { type AuthAnswer, answerCalls } from './answer-call.ts'
import type { AuthCall } from './auth-calls.ts'
import { type AccountsSettings, loadLibrary } from './library.ts'
import { answerIn, libraryRequest, originOf, withoutForgetting } from './library-request.ts'
import { type Caller, role } from './person.ts'
import { oldestSessionStart } from './session-lifetime.ts'
import { signInLimit } from './sign-in-limit.ts'
import { writeSessionCookie } from './write-session-cookie.ts'

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
  const tries = signInLimit()
  // A sign-in takes 10 ms of the main thread beside its password: a burst of them is worked off while readers are answered in between,
  // and a network that sends many waits for itself.
  const calls = fairLimit({ max: 4, maxOfKey: 2, maxWaiting: 100, maxWaitingOfKey: 20, maxWaitMs: 10_000 })

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

  const answer = answerCalls({ people, settings, auth, identify, tries, now })

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

const person = z.object({ id: z.string(), name: z.string(), email: z.string(), role, deactivatedAt: z.date().nullish() })
const sessionAnswer = z.object({ session: z.object({ createdAt: z.coerce.date() }) })
