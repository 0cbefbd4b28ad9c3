import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { AccountChange, SecurityAction } from '#lib/people/account-change.ts'
import type { PersonChanges } from '#lib/people/listed-person.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'
import { refuseSignInChange } from './refuse-sign-in-change.ts'

/**
 * Changes a person's role or name, turns their two-factor off, or deactivates them, which ends all their sessions: their next
 * request is nobody's, and pages that are open with them are told as the transaction commits. There's always an admin left, and
 * nobody shuts themself out. A name that somebody else has is refused, also for a person who is let in again. Turning two-factor off takes a recent session, and isn't for one's own account. One transaction; changes that change nothing write nothing. Answers what to tell the person whose account it is.
 */
export async function changePerson(
  { store, now }: Newsroom,
  caller: Caller,
  id: string,
  changes: PersonChanges,
): Promise<Done<AccountChange> | Refusal> {
  const permission = permit(caller, 'change a person')
  if (permission.kind !== 'permitted') return permission
  const actor = permission.person
  return store.people.write(async (writing): Promise<Done<AccountChange> | Refusal> => {
    const person = await writing.person(id)
    if (person === null) return { kind: 'no-such-person' }
    const at = now()
    const refusal = changes.hasTwoFactor === false ? refuseSignInChange(caller, id, at) : null
    if (refusal) return refusal
    const isDeactivated = person.deactivatedAt !== null
    const deactivates = changes.active === false && !isDeactivated
    const reactivates = changes.active === true && isDeactivated
    const role = changes.role ?? person.role
    const name = changes.name ?? person.name
    if (deactivates && person.id === actor.id) return { kind: 'not-yourself' }
    const stopsBeingAdmin = person.role === 'admin' && !isDeactivated && (deactivates || role !== 'admin')
    if (stopsBeingAdmin && (await writing.othersWith('admin', id)) === 0) return { kind: 'last-admin' }

    const isActive = deactivates ? false : reactivates || !isDeactivated
    const takesName = isActive && (name !== person.name || reactivates)
    if (takesName && (await writing.isNameTaken(name, id))) return { kind: 'name-taken', name }
    // Who no longer invites has invited nobody.
    if (stopsBeingAdmin) await writing.withdrawInvitationsOf(id)
    const subject = { type: 'person', id, label: person.name } as const
    if (role !== person.role) {
      await writing.change(id, { role })
      await writing.note({ at, actor, action: 'person-role-changed', subject, detail: { from: person.role, to: role } })
    }
    if (name !== person.name) {
      await writing.change(id, { name })
      await writing.note({ at, actor, action: 'person-renamed', subject, detail: { from: person.name, to: name } })
    }
    const actions: SecurityAction[] = []
    if (changes.hasTwoFactor === false && person.hasTwoFactor) {
      actions.push('two-factor-disabled')
      await writing.turnTwoFactorOff(id)
      await writing.note({ at, actor, action: 'two-factor-disabled', subject })
    }
    if (deactivates) {
      await writing.change(id, { deactivatedAt: at })
      const sessions = await writing.endSessions(id, 'all')
      if ((await writing.removePasskeys(id)) > 0) await writing.note({ at, actor, action: 'passkey-removed', subject })
      await writing.note({ at, actor, action: 'person-deactivated', subject, detail: { sessionsEnded: sessions } })
    }
    if (reactivates) {
      await writing.change(id, { deactivatedAt: null })
      await writing.note({ at, actor, action: 'person-reactivated', subject })
    }
    return done({ owner: person, actions, at })
  })
}
