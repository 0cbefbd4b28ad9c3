import { v7 as uuidv7 } from 'uuid'
import { permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import { newToken } from '#lib/accounts/single-use-token.ts'
import { type Invitation, invitationDays, type NewInvitation } from '#lib/people/invitation.ts'
import { type Done, done, type Newsroom, type Refusal } from '../newsroom.ts'

const dayMs = 24 * 3600_000

/**
 * Asks somebody to join, by a link that works once and for a week. The token is answered here and nowhere else. An earlier
 * invitation to the same address ends. One transaction of six queries.
 */
export async function invitePerson(
  { store, now }: Newsroom,
  caller: Caller,
  input: NewInvitation,
): Promise<Done<{ invitation: Invitation; token: string }> | Refusal> {
  const permission = permit(caller, 'invite a person')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const { token, hash } = newToken()
  const at = now()
  const expiresAt = new Date(at.getTime() + invitationDays * dayMs)
  const id = uuidv7()
  return store.people.write(async (writing): Promise<Done<{ invitation: Invitation; token: string }> | Refusal> => {
    if (await writing.personAt(input.email)) return { kind: 'email-taken', email: input.email }
    const invited = { id, ...input, invitedBy: person.id, inviterName: person.name, tokenHash: hash, createdAt: at, expiresAt }
    await writing.keepInvitation(invited)
    await writing.note({
      at,
      actor: person,
      action: 'invitation-sent',
      subject: { type: 'invitation', id, label: input.email },
      detail: { role: input.role },
    })
    return done({
      invitation: { id, ...input, invitedBy: person.name, createdAt: at.toISOString(), expiresAt: expiresAt.toISOString() },
      token,
    })
  })
}
