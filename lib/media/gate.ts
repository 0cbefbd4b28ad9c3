/** What is answered when so much waits already that one more would wait too long. */
export type Busy = { readonly kind: 'busy' }

export type Gate = <Answer>(work: () => Promise<Answer>) => Promise<Answer | Busy>

type Limits = { atOnce: number; waiting: number; maxWaitMs?: number }

/**
 * Lets `atOnce` pieces of work run, and as many as `waiting` more wait for their turn. Whatever comes beyond is turned away at once, and
 * whatever has waited for `maxWaitMs` then.
 */
export function openGate({ atOnce, waiting, maxWaitMs }: Limits): Gate {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < atOnce) running += 1
    else if (queue.length >= waiting || !(await takeTurn(queue, maxWaitMs))) return { kind: 'busy' }
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

/** Waits in the queue; false if the turn hasn't come in time. */
function takeTurn(queue: (() => void)[], maxWaitMs: number | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const letIn = () => {
      clearTimeout(timer)
      resolve(true)
    }
    const giveUp = () => {
      queue.splice(queue.indexOf(letIn), 1)
      resolve(false)
    }
    queue.push(letIn)
    if (maxWaitMs !== undefined) timer = setTimeout(giveUp, maxWaitMs)
  })
}
