import type { Passwords } from '#lib/accounts/limited-passwords.ts'
import { hashToken } from '#lib/accounts/single-use-token.ts'
import type { Acceptance } from '#lib/people/password-bodies.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/**
 * Makes the account that an invitation is for, and uses the invitation up: of two that come at once with it, one gets in.
 * A name that somebody has is refused. Needs nobody signed in: whoever has the token was asked. Answers the address to sign in with.
 */
export async function acceptInvitation(
  { store, now }: Newsroom,
  { token, name, password }: Acceptance,
  passwords: Pick<Passwords, 'hash'>,
): Promise<Done<{ email: string }> | Refusal> {
  const hash = hashToken(token)
  const at = now()
  // Looked at first, for making a password's hash is work, on purpose.
  const open = await store.people.openInvitation(hash, at)
  if (open === null) return { kind: 'link-over' }
  const refusal = refuseGuessable('password', password, { name, email: open.email })
  if (refusal) return refusal
  const passwordHash = await passwords.hash(password)
  if (typeof passwordHash !== 'string') return passwordHash
  return store.people.write(async (writing): Promise<Done<{ email: string }> | Refusal> => {
    if ((await writing.openInvitation(hash, at)) === null) return { kind: 'link-over' }
    // Before the invitation is used up, so that it is good for another name.
    if (await writing.isNameTaken(name, null)) return { kind: 'name-taken', name }
    const invitation = await writing.takeInvitation(hash, at)
    if (invitation === null) return { kind: 'link-over' }
    const { email, role, inviterName } = invitation
    if (await writing.personAt(email)) return { kind: 'email-taken', email }
    const id = await writing.add({ name, email, role, passwordHash })
    const subject = { type: 'person', id, label: name } as const
    await writing.note({ at, actor: { id, name }, action: 'invitation-accepted', subject, detail: { email, role, invitedBy: inviterName } })
    return done({ email })
  })
}
