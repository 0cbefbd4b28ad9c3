import { validate as isUuid } from 'uuid'
import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'

/** Takes an invitation back: its link no longer works. */
export async function withdrawInvitation({ store, now }: Newsroom, caller: Caller, id: string): Promise<Done<null> | Refusal> {
  const permission = permit(caller, 'invite a person')
  if (permission.kind !== 'permitted') return permission
  if (!isUuid(id)) return { kind: 'no-such-invitation' }
  return store.people.write(async (writing): Promise<Done<null> | Refusal> => {
    const withdrawn = await writing.withdrawInvitation(id)
    if (withdrawn === null) return { kind: 'no-such-invitation' }
    const subject = { type: 'invitation', id, label: withdrawn.email } as const
    await writing.note({ at: now(), actor: permission.person, action: 'invitation-withdrawn', subject })
    return done(null)
  })
}
