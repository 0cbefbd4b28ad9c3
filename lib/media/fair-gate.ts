import type { Busy } from './gate.ts'

export type FairGate = <Answer>(asker: string, work: () => Promise<Answer>) => Promise<Answer | Busy>

type Limits = {
  readonly maxAtOnce: number
  /** How many may wait for one asker. */
  readonly maxWaitingEach: number
  readonly maxWaiting: number
}

/**
 * Opens a semaphore that several askers share: `maxAtOnce` pieces of work run, and the askers whose work waits take turns. So an asker
 * that sends thousands delays another's first piece of work by one turn, and is turned away beyond `maxWaitingEach`.
 */
export function openFairGate({ maxAtOnce, maxWaitingEach, maxWaiting }: Limits): FairGate {
  /** By asker, the one whose turn is next first. None of the lists is empty. */
  const queues = new Map<string, (() => void)[]>()
  let running = 0
  let waiting = 0

  const next = (): (() => void) | undefined => {
    const [first] = queues
    if (!first) return undefined
    const [asker, queue] = first
    const letIn = queue.shift()
    waiting -= 1
    queues.delete(asker)
    if (queue.length > 0) queues.set(asker, queue)
    return letIn
  }

  return async (asker, work) => {
    if (running < maxAtOnce) running += 1
    else {
      const queue = queues.get(asker) ?? []
      if (queue.length >= maxWaitingEach || waiting >= maxWaiting) return { kind: 'busy' }
      queues.set(asker, queue)
      waiting += 1
      await new Promise<void>((letIn) => queue.push(letIn))
    }
    try {
      return await work()
    } finally {
      // The slot is handed on, so that work that comes now can't overtake work that waits.
      const letIn = next()
      if (letIn) letIn()
      else running -= 1
    }
  }
}
