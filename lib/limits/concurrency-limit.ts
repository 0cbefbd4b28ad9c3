import { fairLimit, type Ticket } from './fair-limit.ts'

/** The answer when too much waits already, or has waited for too long. */
export type Busy = { readonly kind: 'busy' }

export type ConcurrencyLimit = <Answer>(work: () => Promise<Answer>) => Promise<Answer | Busy>

type Limits = {
  readonly maxRunning: number
  readonly maxQueued: number
  /** How long work may wait for a slot, in ms; without it, there is no limit. */
  readonly maxWaitMs?: number
}

/** Runs at most `maxRunning` pieces of work at once and queues at most `maxQueued` more, in the order in which they came. */
export function concurrencyLimit({ maxRunning, maxQueued, ...wait }: Limits): ConcurrencyLimit {
  const limit = fairLimit({ max: maxRunning, maxOfKey: maxRunning, maxWaiting: maxQueued, maxWaitingOfKey: maxQueued, ...wait })
  return (work) => inSlot(limit.enter(''), work)
}

/** Runs work once its ticket is admitted, and gives the slot back at its end. */
export async function inSlot<Answer>({ admitted, release }: Ticket, work: () => Promise<Answer>): Promise<Answer | Busy> {
  try {
    return (await admitted) ? await work() : { kind: 'busy' }
  } finally {
    release()
  }
}
