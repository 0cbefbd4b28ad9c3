import type { Invitation, Prisma } from './generated/client.ts'

/** Somebody who was invited and hasn't come yet. */
export type InvitationRecord = {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: string
  readonly invitedBy: string
  readonly inviterName: string
  readonly createdAt: string
  readonly expiresAt: string
}

export type NewInvitationRecord = Omit<InvitationRecord, 'createdAt' | 'expiresAt'> & {
  readonly tokenHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export function invitationRecord(row: Invitation): InvitationRecord {
  const { id, email, name, role, invitedBy, inviterName } = row
  return { id, email, name, role, invitedBy, inviterName, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() }
}

/**
 * Finds the link to set a password with that hash if it is open: its time isn't over, and the admin who made it is one still. Otherwise
 * somebody who has left could take over an account with a link that they made before.
 */
export function openReset(tokenHash: string, now: Date) {
  return {
    tokenHash,
    expiresAt: { gt: now },
    OR: [{ madeBy: null }, { maker: { role: 'admin', deactivatedAt: null } }],
  } satisfies Prisma.PasswordResetWhereUniqueInput
}

/** The links that let somebody in once. Taking one uses it up: a second take finds nothing. Each is one query. */
export function singleUseLinks(transaction: Prisma.TransactionClient) {
  return {
    /** In the place of an earlier one to the same address, whose link no longer works. Two queries. */
    async keepInvitation(invitation: NewInvitationRecord): Promise<void> {
      await transaction.invitation.deleteMany({ where: { email: invitation.email } })
      await transaction.invitation.create({ data: invitation })
    },
    /** The invitation of that hash that is still open; null if there's none. */
    async openInvitation(tokenHash: string, now: Date): Promise<InvitationRecord | null> {
      const row = await transaction.invitation.findUnique({ where: { tokenHash, expiresAt: { gt: now } } })
      return row && invitationRecord(row)
    },
    /** The open invitation of that hash, used up. Null if there's none, or its time is over. Two queries. */
    async takeInvitation(tokenHash: string, now: Date): Promise<InvitationRecord | null> {
      const row = await transaction.invitation.findUnique({ where: { tokenHash, expiresAt: { gt: now } } })
      if (row === null) return null
      await transaction.invitation.delete({ where: { id: row.id } })
      return invitationRecord(row)
    },
    async withdrawInvitation(id: string): Promise<InvitationRecord | null> {
      const row = await transaction.invitation.findUnique({ where: { id } })
      if (row === null) return null
      await transaction.invitation.delete({ where: { id } })
      return invitationRecord(row)
    },
    async withdrawInvitationsOf(inviterId: string): Promise<void> {
      await transaction.invitation.deleteMany({ where: { invitedBy: inviterId } })
    },
    /** In the place of all earlier ones of that person. `madeBy` is null if they asked for it themselves. Two queries. */
    async keepReset(reset: { tokenHash: string; userId: string; madeBy: string | null; createdAt: Date; expiresAt: Date }): Promise<void> {
      await transaction.passwordReset.deleteMany({ where: { userId: reset.userId } })
      await transaction.passwordReset.create({ data: reset })
    },
    /** Whose password may be set with the link of that hash, used up. Null if there's none, or it is over: {@link openReset}. Two queries. */
    async takeReset(tokenHash: string, now: Date): Promise<string | null> {
      const row = await transaction.passwordReset.findUnique({ where: openReset(tokenHash, now) })
      if (row === null) return null
      await transaction.passwordReset.deleteMany({ where: { userId: row.userId } })
      return row.userId
    },
  }
}
