import { role } from '#lib/accounts/person.ts'
import type { People } from '#lib/db/people.ts'
import type { InvitationRecord } from '#lib/db/single-use-links.ts'
import type { Account } from '#lib/people/account.ts'
import { deviceOf } from '#lib/people/device.ts'
import type { Invitation } from '#lib/people/invitation.ts'
import type { ListedPerson } from '#lib/people/listed-person.ts'

/** Everybody who may sign in, and who no longer may. One query. */
export async function readPeople(people: People): Promise<ListedPerson[]> {
  return (await people.list()).map((person) => ({ ...person, role: role.parse(person.role) }))
}

/** Who was invited and hasn't come. One query. */
export async function readInvitations(people: People): Promise<Invitation[]> {
  return (await people.invitations()).map(publicInvitation)
}

function publicInvitation({ id, email, name, role: asked, inviterName, createdAt, expiresAt }: InvitationRecord): Invitation {
  return { id, email, name, role: role.parse(asked), invitedBy: inviterName, createdAt, expiresAt }
}

/** What somebody sees of their own account; null if there's nobody with that id. Three queries. */
export async function readAccount(people: People, personId: string, sessionId: string | undefined, now: Date): Promise<Account | null> {
  const [person, passkeys, sessions] = await Promise.all([people.person(personId), people.passkeys(personId), people.sessions(personId, now)])
  if (person === null) return null
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: role.parse(person.role),
    hasTwoFactor: person.hasTwoFactor,
    passkeys,
    sessions: sessions.map(({ id, userAgent, address, createdAt, updatedAt }) => ({
      id,
      ...deviceOf(userAgent),
      address,
      signedInAt: createdAt,
      lastUsedAt: updatedAt,
      isThis: id === sessionId,
    })),
  }
}
