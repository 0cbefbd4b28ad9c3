import type { AuditNote } from '#lib/db/audit-note.ts'
import type { PeopleWriting } from '#lib/db/people-writing.ts'

/**
 * Whoever has the machine has the accounts: this is the way back in when nobody on the desk can open one. Sets the password,
 * turns two-factor off, removes passkeys, lets a deactivated person sign in again, and ends every session. False if nobody has the address.
 */
export async function letBackIn(writing: PeopleWriting, email: string, passwordHash: string, by: Pick<AuditNote, 'at' | 'actor'>): Promise<boolean> {
  const person = await writing.personAt(email)
  if (person === null) return false
  const subject = { type: 'person', id: person.id, label: person.name } as const
  await writing.setPassword(person.id, passwordHash)
  await writing.endSessions(person.id, 'all')
  await writing.note({ ...by, action: 'password-reset', subject })
  if ((await writing.removePasskeys(person.id)) > 0) await writing.note({ ...by, action: 'passkey-removed', subject })
  if (person.hasTwoFactor) {
    await writing.turnTwoFactorOff(person.id)
    await writing.note({ ...by, action: 'two-factor-disabled', subject })
  }
  if (person.deactivatedAt !== null) {
    await writing.change(person.id, { deactivatedAt: null })
    await writing.note({ ...by, action: 'person-reactivated', subject })
  }
  return true
}
