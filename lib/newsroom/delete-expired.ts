import type { Expiring } from '#lib/db/retention.ts'
import type { Newsroom } from './newsroom.ts'

const dayMs = 24 * 3600_000

/** How long rows outlive their own end: a list of invitations shows for a while which were never accepted. */
const graceDays = { sessions: 0, password_resets: 0, invitations: 30, known_networks: 180 } as const

/** A statement deletes so many rows, and a run makes so many statements: what is left waits for the next run. */
const [batchSize, maxBatches] = [1_000, 50]

/** How many challenges of passkeys may wait for an answer. More than that are an attack, and the oldest go. */
const maxChallenges = 10_000

/** Deletes challenges, codes and pending sign-ins that have expired, and challenges beyond 10,000. For every minute. */
export async function deleteExpiredVerifications({ store, now }: Newsroom): Promise<void> {
  await inBatches(() => store.retention.deleteBefore('verifications', now(), batchSize))
  await inBatches(() => store.retention.deleteSurplusChallenges(maxChallenges, batchSize))
}

/**
 * Deletes sessions, links and invitations that are over, networks that nobody has signed in from for 180 days, and audit entries older
 * than `auditDays` (none if that is 0). Events of stories are never deleted. For every hour.
 */
export async function deleteExpired({ store, now }: Newsroom, { auditDays }: { readonly auditDays: number }): Promise<void> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs)
  const tables = ['sessions', 'password_resets', 'invitations', 'known_networks'] as const satisfies readonly Expiring[]
  for (const table of tables) await inBatches(() => store.retention.deleteBefore(table, daysAgo(graceDays[table]), batchSize))
  if (auditDays > 0) await inBatches(() => store.retention.deleteBefore('audit_entries', daysAgo(auditDays), batchSize))
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<void> {
  for (let batches = 0; batches < maxBatches; batches += 1) {
    if ((await deleteBatch()) < batchSize) return
  }
}
