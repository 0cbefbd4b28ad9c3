import { performance } from 'node:perf_hooks'

export type CpuBudget = {
  /** Whether a key may begin more work without asking how busy the process is. */
  isLeft(key: string): boolean
  /** Measures work of a key, from now until the function that is returned is called. */
  begin(key: string): () => void
}

type Options = {
  /** The share of the event loop that a key may use in the long run, from 0 to 1. */
  readonly maxShare: number
  /** What it may use at once, in ms of the event loop. */
  readonly burstMs: number
}

/** Beyond this many keys, the one that was charged the longest ago is forgotten. */
const maxRemembered = 10_000

/**
 * Opens a budget of the event loop's time for each key. A limit on how many pieces of work run at once says nothing of work that never
 * waits: it is over before the next request is read, and one client can keep the loop busy for ever. Work that runs beside other work
 * is charged its share of the time.
 */
export function cpuBudget({ maxShare, burstMs }: Options): CpuBudget {
  /** What each key has used and not earned since, in ms, at a time. */
  const used = new Map<string, { readonly ms: number; readonly at: number }>()
  let running = 0

  const usedBy = (key: string): number => {
    const last = used.get(key)
    return last === undefined ? 0 : Math.max(0, last.ms - (performance.now() - last.at) * maxShare)
  }
  const charge = (key: string, ms: number) => {
    const total = usedBy(key) + ms
    // The keys are in the order in which they were charged last.
    used.delete(key)
    used.set(key, { ms: total, at: performance.now() })
    const [oldest] = used.keys()
    if (used.size > maxRemembered && oldest !== undefined) used.delete(oldest)
  }
  return {
    isLeft: (key) => usedBy(key) < burstMs,
    begin(key) {
      running += 1
      const beginning = performance.eventLoopUtilization()
      return () => {
        charge(key, performance.eventLoopUtilization(beginning).active / running)
        running -= 1
      }
    },
  }
}
