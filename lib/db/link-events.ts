import { randomBytes } from 'node:crypto'
import { hashLink, hashPayload, type LinkedFields } from '#lib/story/chain.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** What links an event into its story's chain. */
export type Link = { readonly salt: string; readonly payloadHash: string; readonly hash: string }

/** How far a chain goes: the number of the last event in it, and that event's hash. */
export type Chained = { readonly linkedTo: number; readonly chain: string }

const saltBytes = 16

export async function linkEvent(event: LinkedFields, payload: unknown, previous: string): Promise<Link> {
  const salt = randomBytes(saltBytes).toString('hex')
  const payloadHash = await hashPayload(salt, payload)
  return { salt, payloadHash, hash: await hashLink(event, payloadHash, previous) }
}

/**
 * Links the events of a locked story that come after where its chain ends: those from before there was one, and those that a program
 * has written which doesn't know of it. At most `most`. One query, and one for each event.
 */
export async function linkAfter(
  transaction: Prisma.TransactionClient,
  storyId: string,
  { linkedTo, chain }: Chained,
  most?: number,
): Promise<Chained> {
  const events = await transaction.event.findMany({
    where: { storyId, seq: { gt: linkedTo } },
    orderBy: { seq: 'asc' },
    ...(most === undefined ? {} : { take: most }),
  })
  let end: Chained = { linkedTo, chain }
  for (const { seq, at, type, payload } of events) {
    const link = await linkEvent({ story: storyId, seq, at: at.toISOString(), type }, payload, end.chain)
    await transaction.event.update({ where: { storyId_seq: { storyId, seq } }, data: link })
    end = { linkedTo: seq, chain: link.hash }
  }
  return end
}

/** Events that are linked in one transaction. */
const batch = 500

/** Long logs are linked in steps, each of which is given this long; in ms. */
const patience = { maxWait: 30_000, timeout: 60_000 }

/** Links what was written before there was a chain. One query if there's nothing to do; it looks at each story. */
export async function linkOldEvents(prisma: PrismaClient): Promise<void> {
  const stories = await prisma.$queryRaw<{ id: string }[]>`SELECT id FROM stories WHERE linked_to < head`
  for (const { id } of stories) {
    while (!(await linkSome(prisma, id))) {
      // The next batch.
    }
  }
}

/** Links at most a batch of a story's events, under its lock; true once all are. */
function linkSome(prisma: PrismaClient, storyId: string): Promise<boolean> {
  return prisma.$transaction(async (transaction) => {
    const [story] = await transaction.$queryRaw<(Chained & { head: number })[]>`
      SELECT head, chain, linked_to AS "linkedTo" FROM stories WHERE id = ${storyId}::uuid FOR UPDATE`
    // Another process may have been faster.
    if (!story || story.linkedTo >= story.head) return true
    const end = await linkAfter(transaction, storyId, story, batch)
    await transaction.story.update({ where: { id: storyId }, data: { chain: end.chain, linkedTo: end.linkedTo } })
    return end.linkedTo >= story.head || end.linkedTo === story.linkedTo
  }, patience)
}
