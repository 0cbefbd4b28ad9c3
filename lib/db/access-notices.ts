import type { Prisma } from './generated/client.ts'

/** The channel on which each change of what a person may do is told, as `{story id}:{person id}`, or `*:{person id}` for all stories. */
export const accessChannel = 'staytuned_access'

export type AccessChange = {
  readonly personId: string
  /** Null for all stories. */
  readonly storyId: string | null
}

/** Tells every process of the change as the transaction commits. One query. */
export async function tellAccess(transaction: Prisma.TransactionClient, { personId, storyId }: AccessChange): Promise<void> {
  await transaction.$executeRaw`SELECT pg_notify(${accessChannel}, ${`${storyId ?? '*'}:${personId}`})`
}

/** Returns which change a notice is of. */
export function readAccess(payload: string): AccessChange {
  const [story = '*', ...person] = payload.split(':')
  return { personId: person.join(':'), storyId: story === '*' ? null : story }
}
