import { randomBytes } from 'node:crypto'
import { hashLink, hashPayload, type LinkedFields } from '#lib/story/chain.ts'
import type { PrismaClient } from './generated/client.ts'

/** What links an event into its story's chain. */
export type Link = { readonly salt: string; readonly payloadHash: string; readonly hash: string }

const saltBytes = 16

export async function linkEvent(event: LinkedFields, payload: unknown, previous: string): Promise<Link> {
  const salt = randomBytes(saltBytes).toString('hex')
  const payloadHash = await hashPayload(salt, payload)
  return { salt, payloadHash, hash: await hashLink(event, payloadHash, previous) }
}

/** Events that are linked in one transaction. */
const batch = 500

/** Long logs are linked in steps, each of which is given this long; in ms. */
const patience = { maxWait: 30_000, timeout: 60_000 }

/** Links what was written before there was a chain. One query by an index if there's nothing to do. */
export async function linkOldEvents(prisma: PrismaClient): Promise<void> {
  const stories = await prisma.event.findMany({ where: { hash: null }, distinct: ['storyId'], select: { storyId: true } })
  for (const { storyId } of stories) {
    let left = batch
    while (left === batch) left = await linkSome(prisma, storyId)
  }
}

/** Links at most a batch of a story's events, under its lock; answers how many. */
function linkSome(prisma: PrismaClient, storyId: string): Promise<number> {
  return prisma.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM stories WHERE id = ${storyId}::uuid FOR UPDATE`
    const events = await transaction.event.findMany({ where: { storyId, hash: null }, orderBy: { seq: 'asc' }, take: batch })
    const [first] = events
    const before = first && (await transaction.event.findFirst({ where: { storyId, seq: first.seq - 1 }, select: { hash: true } }))
    let chain = before?.hash ?? ''
    for (const { seq, at, type, payload } of events) {
      const link = await linkEvent({ story: storyId, seq, at: at.toISOString(), type }, payload, chain)
      await transaction.event.update({ where: { storyId_seq: { storyId, seq } }, data: link })
      chain = link.hash
    }
    await transaction.story.update({ where: { id: storyId }, data: { chain } })
    return events.length
  }, patience)
}
