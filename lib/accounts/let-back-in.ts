import type { AuditNote } from '#lib/db/audit-note.ts'
import type { PeopleWriting } from '#lib/db/people-writing.ts'
import type { AccountChange, SecurityAction } from '#lib/people/account-change.ts'

/**
 * Whoever has the machine has the accounts: this is the way back in when nobody on the desk can open one. Sets the password,
 * turns two-factor off, removes passkeys, lets a deactivated person sign in again, and ends every session. Answers what to tell the owner,
 * or null if nobody has the address.
 */
export async function letBackIn(
  writing: PeopleWriting,
  email: string,
  passwordHash: string,
  by: Pick<AuditNote, 'at' | 'actor'>,
): Promise<AccountChange | null> {
  const person = await writing.personAt(email)
  if (person === null) return null
  const actions: SecurityAction[] = ['password-reset']
  const subject = { type: 'person', id: person.id, label: person.name } as const
  await writing.setPassword(person.id, passwordHash)
  await writing.endSessions(person.id, 'all')
  await writing.note({ ...by, action: 'password-reset', subject })
  if ((await writing.removePasskeys(person.id)) > 0) {
    actions.push('passkey-removed')
    await writing.note({ ...by, action: 'passkey-removed', subject })
  }
  if (person.hasTwoFactor) {
    actions.push('two-factor-disabled')
    await writing.turnTwoFactorOff(person.id)
    await writing.note({ ...by, action: 'two-factor-disabled', subject })
  }
  if (person.deactivatedAt !== null) {
    await writing.change(person.id, { deactivatedAt: null })
    await writing.note({ ...by, action: 'person-reactivated', subject })
  }
  return { owner: person, actions, at: by.at }
}
