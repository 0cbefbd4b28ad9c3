import { createHash } from 'node:crypto'
import type { StoryLog } from '#lib/db/story-log.ts'
import type { Done, Refusal } from './newsroom.ts'

/** An Idempotency-Key, and all that makes two requests the same: who sends it and what. */
export type OnceOnly = { readonly key: string; readonly request: unknown }

/**
 * Does the work unless the same key was already answered in this story: then answers that again and writes nothing. Runs
 * under the story's lock, so of two that come at once one waits for the other's answer. A refusal isn't kept: the same key
 * may be tried again.
 */
export async function once<Answer>(
  log: StoryLog,
  at: Date,
  only: OnceOnly | null,
  work: () => Promise<Done<Answer> | Refusal>,
): Promise<Done<Answer> | Refusal> {
  if (only === null) return work()
  const requestHash = createHash('sha256').update(JSON.stringify(only.request)).digest('hex')
  const receipt = await log.receipt(only.key)
  if (receipt !== null) {
    // The receipt was written below from an answer of this same type.
    return receipt.requestHash === requestHash ? { kind: 'done', answer: receipt.answer as Answer } : { kind: 'key-reused' }
  }
  const result = await work()
  if (result.kind === 'done') await log.keepReceipt(only.key, { requestHash, answer: result.answer }, at)
  return result
}
