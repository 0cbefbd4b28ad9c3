import { Prisma, type PrismaClient } from './generated/client.ts'

/** The tables whose rows have an end, and the column that says when. */
const columns = {
  verifications: 'expires_at',
  sessions: 'expires_at',
  password_resets: 'expires_at',
  invitations: 'expires_at',
  known_networks: 'last_sign_in_at',
  audit_entries: 'at',
} as const

export type Expiring = keyof typeof columns

/** Deletes what is over. Each call is one short statement; processes that delete at the same time skip each other's rows. */
export type Retention = {
  /** Deletes at most `limit` rows of a table from before that time, oldest first. Returns how many. */
  deleteBefore(table: Expiring, before: Date, limit: number): Promise<number>
  /** Deletes at most `limit` challenges for passkeys, of those beyond the `maxPending` newest. Returns how many. */
  deleteSurplusChallenges(maxPending: number, limit: number): Promise<number>
}

export function openRetention(prisma: PrismaClient): Retention {
  return {
    deleteBefore(table, before, limit) {
      const [rows, column] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${columns[table]}"`)]
      return prisma.$executeRaw`
        DELETE FROM ${rows} WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM ${rows} WHERE ${column} < ${before} ORDER BY ${column} LIMIT ${limit} FOR UPDATE SKIP LOCKED))`
    },
    deleteSurplusChallenges(maxPending, limit) {
      // How the accounts library writes the challenge of a sign-in; everything else in that table was earned with a password.
      return prisma.$executeRaw`
        DELETE FROM verifications WHERE ctid = ANY(ARRAY(
          SELECT ctid FROM verifications WHERE value LIKE '{"type":"authentication"%'
          ORDER BY created_at DESC, id OFFSET ${maxPending} LIMIT ${limit} FOR UPDATE SKIP LOCKED))`
    },
  }
}
