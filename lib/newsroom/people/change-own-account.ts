import type { Passwords } from '#lib/accounts/limited-passwords.ts'
import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { PasswordChange } from '#lib/people/account.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'

/** Changes the name that one's updates will be signed with. Those that are published keep theirs. */
export async function renameSelf({ store, now }: Newsroom, caller: Caller, name: string): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'change their own account')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  return store.people.write(async (writing): Promise<Done<null> | Refusal> => {
    const before = await writing.person(person.id)
    if (before === null) return { kind: 'no-such-person' }
    if (before.name === name) return done(null)
    await writing.change(person.id, { name })
    const subject = { type: 'person', id: person.id, label: before.name } as const
    await writing.note({ at: now(), actor: person, action: 'person-renamed', subject, detail: { from: before.name, to: name } })
    return done(null)
  })
}

/** Changes one's own password, if the current one is right, and ends one's other sessions. */
export async function changeOwnPassword(
  { store, now }: Newsroom,
  caller: Caller,
  { currentPassword, newPassword }: PasswordChange,
  passwords: Passwords,
): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'change their own account')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const known = await store.people.passwordHash(person.id)
  const isRight = known !== null && (await passwords.verify({ hash: known, password: currentPassword }))
  if (typeof isRight !== 'boolean') return isRight
  if (!isRight) return { kind: 'wrong-password' }
  const passwordHash = await passwords.hash(newPassword)
  if (typeof passwordHash !== 'string') return passwordHash
  return store.people.write(async (writing) => {
    await writing.setPassword(person.id, passwordHash)
    const sessionsEnded = await writing.endSessions(person.id, { but: caller.sessionId })
    const subject = { type: 'person', id: person.id, label: person.name } as const
    await writing.note({ at: now(), actor: person, action: 'password-changed', subject, detail: { sessionsEnded } })
    return done(null)
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
