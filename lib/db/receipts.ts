import type { Prisma } from './generated/client.ts'

export type Receipt = { readonly requestHash: string; readonly answer: unknown }

/** What requests with an Idempotency-Key were answered, in the transaction that answers them. */
export type Receipts = {
  receipt(key: string): Promise<Receipt | null>
  keepReceipt(key: string, receipt: Receipt, at: Date): Promise<void>
}

/** Returns the receipts of the stories that a person opens, one of which is `storyId`. */
export function openingReceipts(transaction: Prisma.TransactionClient, personId: string, storyId: string): Receipts {
  return {
    async receipt(key) {
      // There's no story yet whose row could be locked: of two requests that come at once, the second waits here for the first one's answer.
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${personId} ${key}`}, 0))`
      return transaction.openingReceipt.findUnique({ where: { personId_key: { personId, key } }, select: { requestHash: true, answer: true } })
    },
    async keepReceipt(key, { requestHash, answer }, at) {
      // The answer is what the HTTP API sends: JSON by construction.
      await transaction.openingReceipt.create({ data: { personId, key, storyId, requestHash, answer: answer as Prisma.InputJsonValue, at } })
    },
  }
}
