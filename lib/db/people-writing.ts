import { v7 as uuidv7 } from 'uuid'
import { nameKey } from '#lib/people/name-key.ts'
import { tellAccess } from './access-notices.ts'
import { type AuditNote, writeNote } from './audit-note.ts'
import { tellEnded } from './ended-sessions.ts'
import type { Prisma, User } from './generated/client.ts'
import { singleUseLinks } from './single-use-links.ts'

export type PersonRecord = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly deactivatedAt: string | null
  readonly hasTwoFactor: boolean
}

export type NewPerson = { readonly name: string; readonly email: string; readonly role: string; readonly passwordHash: string }

export type PersonColumns = { readonly name?: string; readonly role?: string; readonly deactivatedAt?: Date | null }

/** How the accounts library marks an account that signs in with a password. */
const passwordProvider = 'credential'

/** The `identifier` of the rows that remember which one-time codes were used. */
export const usedCodeIdentifier = 'used-code'

/** Returns null if there's no password: nobody has that id. One query. */
export async function passwordHashOf(client: Prisma.TransactionClient, userId: string): Promise<string | null> {
  const account = await client.account.findFirst({ where: { userId, providerId: passwordProvider }, select: { password: true } })
  return account?.password ?? null
}

export function personRecord({ id, name, email, role, deactivatedAt, twoFactorEnabled }: User): PersonRecord {
  return { id, name, email, role, deactivatedAt: deactivatedAt?.toISOString() ?? null, hasTwoFactor: twoFactorEnabled }
}

/** Ends those sessions, and tells every process as the transaction commits. Answers how many. Two queries and one for each session. */
export async function endSessionsWhere(transaction: Prisma.TransactionClient, where: Prisma.SessionWhereInput): Promise<number> {
  const tokens = (await transaction.session.findMany({ where, select: { token: true } })).map(({ token }) => token)
  await transaction.session.deleteMany({ where: { token: { in: tokens } } })
  await tellEnded(transaction, tokens)
  return tokens.length
}

export type PeopleWriting = ReturnType<typeof peopleWriting>

/** What can be written of people in one transaction. One query each unless it says otherwise. */
export function peopleWriting(transaction: Prisma.TransactionClient) {
  return {
    ...singleUseLinks(transaction),
    async person(id: string): Promise<PersonRecord | null> {
      const row = await transaction.user.findUnique({ where: { id } })
      return row && personRecord(row)
    },
    async personAt(email: string): Promise<PersonRecord | null> {
      const row = await transaction.user.findUnique({ where: { email: email.toLowerCase() } })
      return row && personRecord(row)
    },
    /** Whether somebody else who may sign in has a name that looks the same: {@link nameKey}. Reads the names of all of them. */
    async isNameTaken(name: string, exceptId: string | null): Promise<boolean> {
      const others = await transaction.user.findMany({ where: { deactivatedAt: null }, select: { id: true, name: true } })
      const key = nameKey(name)
      return others.some((other) => other.id !== exceptId && nameKey(other.name) === key)
    },
    /** How many besides that person may sign in and have that role. */
    othersWith(role: string, personId: string): Promise<number> {
      return transaction.user.count({ where: { role, deactivatedAt: null, id: { not: personId } } })
    },
    /** Answers the id. Nobody may have the address: ask {@link PeopleWriting.personAt} first. */
    async add({ passwordHash, email, ...person }: NewPerson): Promise<string> {
      const id = uuidv7()
      const account = { id: uuidv7(), accountId: id, providerId: passwordProvider, password: passwordHash }
      await transaction.user.create({ data: { id, ...person, email: email.toLowerCase(), accounts: { create: account } } })
      return id
    },
    /** Two queries if the role changes: the desks that are open for that person are told as the transaction commits. */
    async change(id: string, columns: PersonColumns): Promise<void> {
      await transaction.user.update({ where: { id }, data: columns })
      if (columns.role !== undefined) await tellAccess(transaction, { personId: id, storyId: null })
    },
    passwordHash: (id: string): Promise<string | null> => passwordHashOf(transaction, id),
    /**
     * Sets a password. The links to set another no longer work, and neither a sign-in nor a passkey that was begun with the password from
     * before can be finished. Four queries.
     */
    async setPassword(id: string, passwordHash: string): Promise<void> {
      await transaction.passwordReset.deleteMany({ where: { userId: id } })
      await transaction.verification.deleteMany({ where: { value: id, identifier: { not: usedCodeIdentifier } } })
      // How the accounts library writes the challenge for a new passkey.
      await transaction.$executeRaw`
        DELETE FROM verifications
        WHERE CASE WHEN value LIKE '{"type":"registration"%' THEN value::jsonb #>> '{userData,id}' = ${id} ELSE false END`
      await transaction.account.updateMany({ where: { userId: id, providerId: passwordProvider }, data: { password: passwordHash } })
    },
    /** Answers how many. */
    async removePasskeys(id: string): Promise<number> {
      return (await transaction.passkey.deleteMany({ where: { userId: id } })).count
    },
    /** Two queries. */
    async turnTwoFactorOff(id: string): Promise<void> {
      await transaction.twoFactor.deleteMany({ where: { userId: id } })
      await transaction.user.update({ where: { id }, data: { twoFactorEnabled: false } })
    },
    /**
     * Ends sessions of a person: all, all but one, or one. The pages that are open with them learn of it as the transaction
     * commits. Answers how many; two queries and one for each.
     */
    async endSessions(personId: string, which: 'all' | { but: string | undefined } | { only: string }): Promise<number> {
      const id = which === 'all' ? {} : 'only' in which ? { id: which.only } : which.but === undefined ? {} : { id: { not: which.but } }
      return endSessionsWhere(transaction, { userId: personId, ...id })
    },
    /**
     * Gives a session another token, so that every copy of its cookie is worthless. Its pages are told, as the transaction commits, that it
     * was replaced. Returns false if that person has no such session. Three queries.
     */
    async replaceSessionToken(personId: string, sessionId: string, token: string): Promise<boolean> {
      const session = await transaction.session.findFirst({ where: { id: sessionId, userId: personId }, select: { token: true } })
      if (session === null) return false
      await transaction.session.update({ where: { id: sessionId }, data: { token } })
      await tellEnded(transaction, [session.token], 'replaced')
      return true
    },
    note: (note: AuditNote) => writeNote(transaction, note),
  }
}
