import type { StoryEvent } from './event.ts'
import { applyEvent } from './fold.ts'
import type { View } from './view.ts'

/**
 * A view that is being followed, and the events that have come too early for it: numbers beyond a gap, ascending,
 * each once. `waiting` is never longer than {@link mostWaiting}.
 */
export type Followed = { readonly view: View; readonly waiting: readonly StoryEvent[] }

/** What comes over the socket or by HTTP: events of one epoch, in any order, with repeats. */
export type Delivery = { readonly epoch: number; readonly events: readonly StoryEvent[] }

/**
 * Beyond this the gap is better fetched than remembered. The oldest are kept: they are what the gap's end will ask for
 * first, and the rest comes with the same fetch.
 */
export const mostWaiting = 1000

/** Whoever missed more events than this is quicker told by the view itself. */
export const mostCaughtUp = 500

export type Merged =
  /** Everything up to `view.head` is applied and nothing is known to be missing. */
  | { kind: 'current'; followed: Followed }
  /** What comes after `view.head` is missing: fetch it. */
  | { kind: 'gap'; followed: Followed }
  /** History was rewritten, or is older than what this view was made from: fetch the view anew. */
  | { kind: 'reset' }

/**
 * Drops what the view has, applies what follows on it, keeps what comes too early. Pure: whatever the order, the repeats
 * and the delays of the deliveries, once all have come the view is the one that in-order delivery gives.
 */
export function merge(followed: Followed, delivery: Delivery): Merged {
  if (delivery.epoch !== followed.view.epoch) return delivery.epoch > followed.view.epoch ? { kind: 'reset' } : settled(followed)
  const queue = inOrder([...followed.waiting, ...delivery.events], followed.view.head)
  let view = followed.view
  let applied = 0
  for (const event of queue) {
    if (event.seq !== view.head + 1) break
    view = applyEvent(view, event)
    applied += 1
  }
  return settled({ view, waiting: queue.slice(applied, applied + mostWaiting) })
}

function settled(followed: Followed): Merged {
  return { kind: followed.waiting.length === 0 ? 'current' : 'gap', followed }
}

/** Each event after `head` once, ascending. */
function inOrder(events: readonly StoryEvent[], head: number): StoryEvent[] {
  const bySeq = new Map<number, StoryEvent>()
  for (const event of events) if (event.seq > head) bySeq.set(event.seq, event)
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq)
}

/** Whether what came after number `after` is told by its events. What a story was before readers could see it is nobody's to read. */
export function canCatchUp({ head, publicFrom }: { readonly head: number; readonly publicFrom: number }, after: number): boolean {
  const isBefore = after < publicFrom && publicFrom > 1
  return after <= head && head - after <= mostCaughtUp && !isBefore
}
