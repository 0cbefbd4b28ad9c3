import type { Passwords } from '#lib/accounts/limited-passwords.ts'
import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { newToken } from '#lib/accounts/single-use-token.ts'
import type { AccountChange } from '#lib/people/account-change.ts'
import type { PasswordChange } from '#lib/people/password-bodies.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/** Changes the name that one's updates will be signed with, to one that nobody else has. Those that are published keep theirs. */
export async function renameSelf({ store, now }: Newsroom, caller: Caller, name: string): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'change their own account')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  return store.people.write(async (writing): Promise<Done<null> | Refusal> => {
    const before = await writing.person(person.id)
    if (before === null) return { kind: 'no-such-person' }
    if (before.name === name) return done(null)
    if (await writing.isNameTaken(name, person.id)) return { kind: 'name-taken', name }
    await writing.change(person.id, { name })
    const subject = { type: 'person', id: person.id, label: before.name } as const
    await writing.note({ at: now(), actor: person, action: 'person-renamed', subject, detail: { from: before.name, to: name } })
    return done(null)
  })
}

/** What to tell the owner, and the new token of the session that asked; null if none did. */
export type ChangedPassword = { readonly change: AccountChange; readonly sessionToken: string | null }

/**
 * Changes one's own password, if the current one is right. Ends one's other sessions, sign-ins that wait for their second factor and passkeys that
 * are being added, and gives the session that asks a new token: somebody else may have a copy of its cookie. The session keeps
 * the time at which it began, because nobody has signed in again. Removes one's passkeys too, if that is asked for. One transaction.
 */
export async function changeOwnPassword(
  { store, now }: Newsroom,
  caller: Caller,
  { currentPassword, newPassword, removePasskeys }: PasswordChange,
  passwords: Passwords,
): Promise<Done<ChangedPassword> | Refusal> {
  const permission = permit(caller, 'change their own account')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const known = await store.people.passwordHash(person.id)
  const isRight = known !== null && (await passwords.verify({ hash: known, password: currentPassword }))
  if (typeof isRight !== 'boolean') return isRight
  if (!isRight) return { kind: 'wrong-password' }
  const refusal = refuseGuessable('newPassword', newPassword, person)
  if (refusal) return refusal
  const passwordHash = await passwords.hash(newPassword)
  if (typeof passwordHash !== 'string') return passwordHash
  const at = now()
  const sessionToken = caller.sessionId === undefined ? null : newToken().token
  return store.people.write(async (writing): Promise<Done<ChangedPassword> | Refusal> => {
    // A reset that was committed since must not be undone by somebody who knew the password from before.
    if ((await writing.passwordHash(person.id)) !== known) return { kind: 'wrong-password' }
    if (caller.sessionId !== undefined && sessionToken !== null) {
      // Ended since, perhaps by the owner, who sees it in the list of sessions.
      if (!(await writing.replaceSessionToken(person.id, caller.sessionId, sessionToken))) return { kind: 'sign-in-needed' }
    }
    await writing.setPassword(person.id, passwordHash)
    const sessionsEnded = await writing.endSessions(person.id, { but: caller.sessionId })
    const subject = { type: 'person', id: person.id, label: person.name } as const
    await writing.note({ at, actor: person, action: 'password-changed', subject, detail: { sessionsEnded } })
    const hadPasskeys = removePasskeys && (await writing.removePasskeys(person.id)) > 0
    if (hadPasskeys) await writing.note({ at, actor: person, action: 'passkey-removed', subject })
    const change: AccountChange = { owner: person, actions: ['password-changed', ...(hadPasskeys ? (['passkey-removed'] as const) : [])], at }
    return done({ change, sessionToken })
  })
}

/** Ends one of one's own sessions, or all but the one that asks. */
export async function endOwnSessions({ store, now }: Newsroom, caller: Caller, which: 'others' | { only: string }): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'change their own account')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  return store.people.write(async (writing): Promise<Done<null> | Refusal> => {
    const sessionsEnded = await writing.endSessions(person.id, which === 'others' ? { but: caller.sessionId } : which)
    if (sessionsEnded === 0) return which === 'others' ? done(null) : { kind: 'no-such-session' }
    const subject = { type: 'person', id: person.id, label: person.name } as const
    await writing.note({ at: now(), actor: person, action: 'session-ended', subject, detail: { sessionsEnded } })
    return done(null)
  })
}
