import type { Passwords } from '#lib/accounts/limited-passwords.ts'
import { hashToken } from '#lib/accounts/single-use-token.ts'
import type { PasswordReset } from '#lib/people/invitation.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'

/** Sets the password that a link is for, uses the link up, removes the passkeys and ends every session of that person. */
export async function resetPassword(
  { store, now }: Newsroom,
  { token, password }: PasswordReset,
  passwords: Pick<Passwords, 'hash'>,
): Promise<Done<null> | Refusal> {
  const hash = hashToken(token)
  const at = now()
  if (!(await store.people.isResetOpen(hash, at))) return { kind: 'link-over' }
  const passwordHash = await passwords.hash(password)
  if (typeof passwordHash !== 'string') return passwordHash
  return store.people.write(async (writing): Promise<Done<null> | Refusal> => {
    const id = await writing.takeReset(hash, at)
    const person = id === null ? null : await writing.person(id)
    if (person === null || person.deactivatedAt !== null) return { kind: 'link-over' }
    await writing.setPassword(person.id, passwordHash)
    const sessionsEnded = await writing.endSessions(person.id, 'all')
    const subject = { type: 'person', id: person.id, label: person.name } as const
    // Whoever has lost control of the account may not know who has added one.
    if ((await writing.removePasskeys(person.id)) > 0) await writing.note({ at, actor: person, action: 'passkey-removed', subject })
    await writing.note({ at, actor: person, action: 'password-reset', subject, detail: { sessionsEnded } })
    return done(null)
  })
}
