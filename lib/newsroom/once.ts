import { createHash } from 'node:crypto'
import type { Receipts } from '#lib/db/receipts.ts'
import type { Done, Refusal } from './newsroom.ts'

/** An Idempotency-Key, and all that makes two requests the same: who sends it and what. */
export type OnceOnly = { readonly key: string; readonly request: Readonly<Record<string, unknown>> }

/**
 * Does the work unless the same key was already answered in this story, or to this person: then answers that again and writes nothing.
 * Runs under a lock, the story's or the key's, so of two that come at once one waits for the other's answer. A refusal isn't kept: the
 * same key may be tried again.
 */
export async function once<Answer>(
  receipts: Receipts,
  at: Date,
  only: OnceOnly | null,
  work: () => Promise<Done<Answer> | Refusal>,
): Promise<Done<Answer> | Refusal> {
  if (only === null) return work()
  const requestHash = hashOf(only.request)
  const receipt = await receipts.receipt(only.key)
  if (receipt !== null) {
    // The receipt was written below from an answer of this same type.
    return receipt.requestHash === requestHash ? { kind: 'done', answer: receipt.answer as Answer } : { kind: 'key-reused' }
  }
  const result = await work()
  if (result.kind === 'done') await receipts.keepReceipt(only.key, { requestHash, answer: result.answer }, at)
  return result
}

/**
 * Of what is said, and not of what is left at nothing: a field that a later version adds doesn't make a request another one, which
 * an outbox may send again after the server was renewed.
 */
function hashOf(request: OnceOnly['request']): string {
  const said = Object.entries(request).filter(([, value]) => !isNothing(value))
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === 0 || (Array.isArray(value) && value.length === 0)
}
