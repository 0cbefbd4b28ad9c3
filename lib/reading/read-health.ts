import type { Store } from '#lib/db/store.ts'

export type Health = { status: 'ok' | 'unavailable'; role: string; database: Store['kind'] | 'away' }

/** Whether this process can serve. One query, given up after two seconds. */
export async function readHealth(store: Store, role: string): Promise<Health> {
  try {
    await Promise.race([store.ping(), tooLate(2_000)])
    return { status: 'ok', role, database: store.kind }
  } catch {
    // Whatever keeps it from answering, the answer is the same; the log has the reason from the request that met it.
    return { status: 'unavailable', role, database: 'away' }
  }
}

async function tooLate(ms: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
  throw new Error(`no answer in ${ms} ms`)
}
