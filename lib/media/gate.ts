/** What is answered when so much waits already that one more would wait too long. */
export type Busy = { readonly kind: 'busy' }

export type Gate = <Answer>(work: () => Promise<Answer>) => Promise<Answer | Busy>

/** Lets `atOnce` pieces of work run, and as many as `waiting` more wait for their turn. Whatever comes beyond is turned away at once. */
export function openGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < atOnce) running += 1
    else if (queue.length < waiting) await new Promise<void>((letIn) => queue.push(letIn))
    else return { kind: 'busy' }
    try {
      return await work()
    } finally {
      // Whoever leaves hands the place on, so that nobody who comes now can take it first.
      const letIn = queue.shift()
      if (letIn) letIn()
      else running -= 1
    }
  }
}
