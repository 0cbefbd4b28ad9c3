import { createHash } from 'node:crypto'
import type { Prisma } from './generated/client.ts'

/** The channel on which each session that has ended is told of, as `{how}:{mark}`. */
export const endedChannel = 'staytuned_sessions'

/** What a session can be told of by: its token is a secret, and notices are none. */
export function sessionMark(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** `replaced`: whoever had it has another in its place, and is still signed in. */
export type SessionEnd = 'ended' | 'replaced'

/** Told as the transaction commits, in every process. One query for each. */
export async function tellEnded(transaction: Prisma.TransactionClient, tokens: readonly string[], how: SessionEnd = 'ended'): Promise<void> {
  for (const token of tokens) await transaction.$executeRaw`SELECT pg_notify(${endedChannel}, ${`${how}:${sessionMark(token)}`})`
}

/** Which session a notice is of. */
export function readEnd(payload: string): { how: SessionEnd; mark: string } {
  const [how, mark = ''] = payload.split(':')
  return { how: how === 'replaced' ? how : 'ended', mark }
}
