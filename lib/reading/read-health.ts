import type { Store } from '#lib/db/store.ts'

export type Health = {
  readonly status: 'ok' | 'unavailable'
  readonly role: string
  readonly database: Store['kind'] | 'away'
  /** How many events the live channel is behind the logs that are followed here; null where there's no channel or no database. */
  readonly lag: number | null
}

/** What follows the logs and can say how far behind it is. */
export type Follows = { lag(): Promise<number> }

const answerWithinMs = 2_000

/** Whether this process can serve. Two queries at most, given up after two seconds. */
export async function readHealth(store: Store, role: string, follows: Follows | null): Promise<Health> {
  try {
    const [lag] = await Promise.race([Promise.all([follows?.lag() ?? null, store.ping()]), tooLate()])
    return { status: 'ok', role, database: store.kind, lag }
  } catch {
    // Whatever keeps it from answering, the answer is the same; the log has the reason from the request that met it.
    return { status: 'unavailable', role, database: 'away', lag: null }
  }
}

async function tooLate(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, answerWithinMs).unref())
  throw new Error(`no answer in ${answerWithinMs} ms`)
}
