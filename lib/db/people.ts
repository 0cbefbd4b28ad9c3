import { createHash } from 'node:crypto'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { type AuditNote, tallyNote, writeNote } from './audit-note.ts'
import { type SessionEnd, tellEnded } from './ended-sessions.ts'
import type { PrismaClient } from './generated/client.ts'
import { type KnownNetworks, openKnownNetworks } from './known-networks.ts'
import {
  endSessionsWhere,
  type PeopleWriting,
  type PersonRecord,
  passwordHashOf,
  peopleWriting,
  personRecord,
  usedCodeIdentifier,
} from './people-writing.ts'
import { type InvitationRecord, invitationRecord, openReset } from './single-use-links.ts'

export type SeenPerson = PersonRecord & {
  readonly createdAt: string
  readonly lastSeenAt: string | null
  readonly passkeys: number
}

export type SessionRecord = {
  readonly id: string
  readonly userAgent: string | null
  readonly address: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

export type PasskeyRecord = { readonly id: string; readonly name: string | null; readonly createdAt: string | null }

/** A one-time code as somebody has typed it. */
export type UsedCode = { readonly personId: string; readonly code: string }

/** The people who may sign in. E-mail addresses are kept in small letters. Each method is one query unless it says otherwise. */
export type People = {
  /** By name, those who may sign in first. */
  list(): Promise<SeenPerson[]>
  count(): Promise<number>
  person(id: string): Promise<PersonRecord | null>
  /** The person with that e-mail address, in small letters. */
  personAt(email: string): Promise<PersonRecord | null>
  /** Whose sign-in waits for its second factor under that name, and hasn't expired at `now`; null if none does. */
  challenged(name: string, now: Date): Promise<string | null>
  /** Those who were invited and haven't come, newest first; also whose time is over. */
  invitations(): Promise<InvitationRecord[]>
  /** The invitation with that hash that is still open at `now`. */
  openInvitation(tokenHash: string, now: Date): Promise<InvitationRecord | null>
  /** Whose password can be set with the link of that hash at `now`; null if nobody's. */
  ownerOfReset(tokenHash: string, now: Date): Promise<PersonRecord | null>
  /** Null if there's no password: nobody has that id. */
  passwordHash(id: string): Promise<string | null>
  /** Those that haven't run out at `now`, last used first. */
  sessions(id: string, now: Date): Promise<SessionRecord[]>
  /** Oldest first. */
  passkeys(id: string): Promise<PasskeyRecord[]>
  /** Runs `work` in one transaction, alone: nobody else writes to people meanwhile. Two queries beside its own. */
  write<Answer>(work: (writing: PeopleWriting) => Promise<Answer>): Promise<Answer>
  /** Writes down what the accounts library did, for which it has transactions of its own. */
  note(note: AuditNote): Promise<void>
  /** Counts a failure in the audit entry with that key: {@link tallyNote}. */
  tally(note: AuditNote, tallyKey: string): Promise<void>
  /** Whether that code of that person is used for the first time; from then on it isn't, in no process. Two queries. */
  claimCode(code: UsedCode, now: Date): Promise<boolean>
  /** Takes that back: it opened nothing. */
  releaseCode(code: UsedCode): Promise<void>
  /** Ends all sessions that began by then; pages that are open with them are told. Answers how many. Two queries and one for each session. */
  endSessionsBegunBefore(at: Date): Promise<number>
  /** Tells every process that a session has ended, for one that the accounts library has ended. */
  tellEnded(sessionToken: string, how: SessionEnd): Promise<void>
  readonly knownNetworks: KnownNetworks
  /** What the accounts library keeps its users and sessions through. */
  readonly adapter: ReturnType<typeof prismaAdapter>
}

/** Any number that nothing else uses as an advisory lock in this database. */
const lockKey = 7_829_636_482

/** Waiting for a connection, and for others who write, before giving up; in ms. */
const patience = { maxWait: 10_000, timeout: 15_000 }

/** Longer than any code is let in: the one before and the one after count too, of half a minute each. */
const codeLivesMs = 2 * 60_000

/** Says nothing about the code to whoever reads the database. */
function usedCodeId({ personId, code }: UsedCode): string {
  return createHash('sha256').update(`used code ${code} of ${personId}`).digest('hex')
}

/** How the accounts library names a sign-in that waits for its second factor. Other rows of that table hold other values. */
function isSignInChallenge(identifier: string): boolean {
  return identifier.startsWith('2fa-') && !identifier.startsWith('2fa-attempts-')
}

export function openPeople(prisma: PrismaClient): People {
  return {
    adapter: prismaAdapter(prisma, { provider: 'postgresql' }),
    async list() {
      const rows = await prisma.user.findMany({
        orderBy: [{ deactivatedAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { email: 'asc' }],
        include: {
          _count: { select: { passkeys: true } },
          sessions: { orderBy: { updatedAt: 'desc' }, take: 1, select: { updatedAt: true } },
          knownNetworks: { orderBy: { lastSignInAt: 'desc' }, take: 1, select: { lastSignInAt: true } },
        },
      })
      return rows.map((row) => ({
        ...personRecord(row),
        createdAt: row.createdAt.toISOString(),
        // Once their sessions are over, it is when they last signed in.
        lastSeenAt: (row.sessions[0]?.updatedAt ?? row.knownNetworks[0]?.lastSignInAt)?.toISOString() ?? null,
        passkeys: row._count.passkeys,
      }))
    },
    count: () => prisma.user.count(),
    async person(id) {
      const row = await prisma.user.findUnique({ where: { id } })
      return row && personRecord(row)
    },
    async personAt(email) {
      const row = await prisma.user.findUnique({ where: { email } })
      return row && personRecord(row)
    },
    async challenged(identifier, now) {
      if (!isSignInChallenge(identifier)) return null
      const row = await prisma.verification.findFirst({
        where: { identifier, expiresAt: { gt: now } },
        orderBy: { createdAt: 'desc' },
        select: { value: true },
      })
      return row?.value ?? null
    },
    async invitations() {
      return (await prisma.invitation.findMany({ orderBy: { createdAt: 'desc' } })).map(invitationRecord)
    },
    async openInvitation(tokenHash, now) {
      const row = await prisma.invitation.findUnique({ where: { tokenHash, expiresAt: { gt: now } } })
      return row && invitationRecord(row)
    },
    async ownerOfReset(tokenHash, now) {
      const row = await prisma.passwordReset.findUnique({ where: openReset(tokenHash, now), select: { user: true } })
      return row && personRecord(row.user)
    },
    passwordHash: (userId) => passwordHashOf(prisma, userId),
    async sessions(userId, now) {
      const rows = await prisma.session.findMany({ where: { userId, expiresAt: { gt: now } }, orderBy: { updatedAt: 'desc' } })
      return rows.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
        id,
        userAgent: userAgent || null,
        address: ipAddress || null,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
      }))
    },
    async passkeys(userId) {
      const rows = await prisma.passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
      return rows.map(({ id, name, createdAt }) => ({ id, name, createdAt: createdAt?.toISOString() ?? null }))
    },
    write: (work) =>
      prisma.$transaction(async (transaction) => {
        // So few write here that they can wait for each other; and then what one has counted is still so when it writes.
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${lockKey}::bigint)`
        return work(peopleWriting(transaction))
      }, patience),
    async claimCode(code, now) {
      const id = usedCodeId(code)
      await prisma.verification.deleteMany({ where: { id, expiresAt: { lte: now } } })
      const row = { id, identifier: usedCodeIdentifier, value: code.personId, expiresAt: new Date(now.getTime() + codeLivesMs) }
      return (await prisma.verification.createMany({ data: [row], skipDuplicates: true })).count === 1
    },
    async releaseCode(code) {
      await prisma.verification.deleteMany({ where: { id: usedCodeId(code) } })
    },
    note: (note) => writeNote(prisma, note),
    endSessionsBegunBefore: (at) => prisma.$transaction((transaction) => endSessionsWhere(transaction, { createdAt: { lte: at } }), patience),
    tally: (note, tallyKey) => tallyNote(prisma, note, tallyKey),
    tellEnded: (token, how) => tellEnded(prisma, [token], how),
    knownNetworks: openKnownNetworks(prisma),
  }
}
