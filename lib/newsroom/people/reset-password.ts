import type { Passwords } from '#lib/accounts/limited-passwords.ts'
import { hashToken } from '#lib/accounts/single-use-token.ts'
import type { AccountChange } from '#lib/people/account-change.ts'
import type { PasswordReset } from '#lib/people/password-bodies.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/**
 * Sets the password that a link is for, and uses the link up. Somebody else may have had the account: the passkeys are removed, and every
 * session and every sign-in that waits for its second factor ends. Two-factor stays on, because access to the person's email must not
 * be enough to get past it; an admin can turn it off. Answers what to tell the owner.
 */
export async function resetPassword(
  { store, now }: Newsroom,
  { token, password }: PasswordReset,
  passwords: Pick<Passwords, 'hash'>,
): Promise<Done<AccountChange> | Refusal> {
  const hash = hashToken(token)
  const at = now()
  const owner = await store.people.ownerOfReset(hash, at)
  if (owner === null) return { kind: 'link-over' }
  const refusal = refuseGuessable('password', password, owner)
  if (refusal) return refusal
  const passwordHash = await passwords.hash(password)
  if (typeof passwordHash !== 'string') return passwordHash
  return store.people.write(async (writing): Promise<Done<AccountChange> | Refusal> => {
    const id = await writing.takeReset(hash, at)
    const person = id === null ? null : await writing.person(id)
    if (person === null || person.deactivatedAt !== null) return { kind: 'link-over' }
    await writing.setPassword(person.id, passwordHash)
    const sessionsEnded = await writing.endSessions(person.id, 'all')
    const subject = { type: 'person', id: person.id, label: person.name } as const
    const hadPasskeys = (await writing.removePasskeys(person.id)) > 0
    if (hadPasskeys) await writing.note({ at, actor: person, action: 'passkey-removed', subject })
    await writing.note({ at, actor: person, action: 'password-reset', subject, detail: { sessionsEnded } })
    return done({ owner: person, actions: ['password-reset', ...(hadPasskeys ? (['passkey-removed'] as const) : [])], at })
  })
}
