/** The answer when the queue is full. */
export type Busy = { readonly kind: 'busy' }

export type ConcurrencyLimit = <Answer>(work: () => Promise<Answer>) => Promise<Answer | Busy>

/** Runs at most `maxRunning` pieces of work at once and queues at most `maxQueued` more. Answers `busy` at once beyond that. */
export function concurrencyLimit({ maxRunning, maxQueued }: { maxRunning: number; maxQueued: number }): ConcurrencyLimit {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < maxRunning) running += 1
    else if (queue.length < maxQueued) await new Promise<void>((start) => queue.push(start))
    else return { kind: 'busy' }
    try {
      return await work()
    } finally {
      // The slot is handed on directly, so that a newcomer can't take it before those in the queue.
      const startNext = queue.shift()
      if (startNext) startNext()
      else running -= 1
    }
  }
}
