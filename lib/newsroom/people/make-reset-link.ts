import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { newToken } from '#lib/accounts/single-use-token.ts'
import type { PeopleWriting } from '#lib/db/people-writing.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'
import { refuseSignInChange } from './refuse-sign-in-change.ts'

const hourMs = 3600_000

export type MadeReset = { readonly token: string; readonly email: string; readonly name: string; readonly expiresAt: string }

/**
 * Makes a link by which another person can set a new password, once, within an hour, and while its maker is an admin. An earlier one ends. Takes a recent session, see
 * {@link refuseSignInChange}.
 */
export async function makeResetLink({ store, now }: Newsroom, caller: Caller, id: string): Promise<Done<MadeReset> | Refusal> {
  const permission = permit(caller, 'make a link to set a password')
  if (permission.kind !== 'permitted') return permission
  return store.people.write(async (writing): Promise<Done<MadeReset> | Refusal> => {
    const person = await writing.person(id)
    if (person === null) return { kind: 'no-such-person' }
    const at = now()
    const refusal = refuseSignInChange(caller, id, at)
    if (refusal) return refusal
    if (person.deactivatedAt !== null) return { kind: 'person-deactivated' }
    const subject = { type: 'person', id, label: person.name } as const
    await writing.note({ at, actor: permission.person, action: 'password-reset-link-made', subject })
    return done(await keptReset(writing, person, permission.person.id, at))
  })
}

/**
 * The same for somebody who says that they have forgotten it, to be sent by mail to the address that is known. Null if nobody
 * who may sign in has it: whoever asked is told the same either way.
 */
export function askForReset({ store, now }: Newsroom, email: string): Promise<MadeReset | null> {
  return store.people.write(async (writing) => {
    const person = await writing.personAt(email)
    if (person === null || person.deactivatedAt !== null) return null
    const at = now()
    const subject = { type: 'person', id: person.id, label: person.name } as const
    await writing.note({ at, actor: { id: null, name: 'Somebody unknown' }, action: 'password-reset-asked', subject })
    return keptReset(writing, person, null, at)
  })
}

async function keptReset(
  writing: PeopleWriting,
  { id, email, name }: { id: string; email: string; name: string },
  madeBy: string | null,
  at: Date,
): Promise<MadeReset> {
  const { token, hash } = newToken()
  const expiresAt = new Date(at.getTime() + hourMs)
  await writing.keepReset({ tokenHash: hash, userId: id, madeBy, createdAt: at, expiresAt })
  return { token, email, name, expiresAt: expiresAt.toISOString() }
}
