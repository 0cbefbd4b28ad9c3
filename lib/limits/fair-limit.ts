import type { CpuBudget } from './cpu-budget.ts'

export type FairLimits = {
  /** Pieces of work that run at the same time. */
  readonly max: number
  /** Of one key. */
  readonly maxOfKey: number
  /** Pieces of work that may wait for a slot. */
  readonly maxWaiting: number
  readonly maxWaitingOfKey: number
  /** How long work may wait before it is refused, in ms; without it, there is no limit. */
  readonly maxWaitMs?: number
  /** Asked before queued work is admitted, again every few milliseconds while it says no. Without it, the answer is yes. */
  readonly mayAdmit?: () => boolean
  /** A key that has none left waits for `mayAdmit`, even if there is a slot for it. */
  readonly budget?: CpuBudget
}

const askAgainMs = 5

const unlimited: CpuBudget = { isLeft: () => true, begin: () => () => {} }

/** A request for a slot. */
export type Ticket = {
  /** True once the work may begin; false if it was refused, because too much waits or it has waited too long. */
  readonly admitted: Promise<boolean>
  /** Queues it for another key too, which wants the same work done. */
  join(key: string): void
  /** Gives the slot back, or stops waiting. May be called more than once. */
  release(): void
}

export type FairLimit = { enter(key: string): Ticket }

type Waiting = { readonly keys: Set<string>; admit(key: string): void }

/**
 * Returns a concurrency limit that is shared fairly between keys. Waiting keys take turns, so a key with many requests delays only its
 * own. Each call is O(number of waiting keys) at most.
 */
export function fairLimit({
  max,
  maxOfKey,
  maxWaiting,
  maxWaitingOfKey,
  maxWaitMs,
  mayAdmit = () => true,
  budget = unlimited,
}: FairLimits): FairLimit {
  /** The key that is next comes first. */
  const queues = new Map<string, Set<Waiting>>()
  const runningOf = new Map<string, number>()
  let running = 0
  let waiting = 0

  const hasRoom = (key: string) => running < max && (runningOf.get(key) ?? 0) < maxOfKey
  const start = (key: string) => {
    running += 1
    runningOf.set(key, (runningOf.get(key) ?? 0) + 1)
  }
  const leaveQueues = (entry: Waiting) => {
    waiting -= 1
    for (const key of entry.keys) {
      const queue = queues.get(key)
      queue?.delete(entry)
      if (queue?.size === 0) queues.delete(key)
    }
  }
  const enqueue = (key: string, entry: Waiting): boolean => {
    const queue = queues.get(key) ?? new Set()
    if (queue.size >= maxWaitingOfKey) return false
    queues.set(key, queue.add(entry))
    entry.keys.add(key)
    return true
  }
  const finish = (key: string) => {
    running -= 1
    const left = (runningOf.get(key) ?? 1) - 1
    if (left === 0) runningOf.delete(key)
    else runningOf.set(key, left)
    admitWaiting()
  }
  let again: NodeJS.Timeout | null = null
  const admitSoon = () => {
    if (again === null) again = setTimeout(askAgain, askAgainMs).unref()
  }
  const askAgain = () => {
    again = null
    admitWaiting()
  }
  const admitWaiting = () => {
    if (running >= max) return
    for (const [next, [first] = []] of queues) {
      if (first === undefined || !hasRoom(next)) continue
      if (!mayAdmit()) {
        admitSoon()
        return
      }
      leaveQueues(first)
      const rest = queues.get(next)
      // Its turn is over.
      if (rest !== undefined) {
        queues.delete(next)
        queues.set(next, rest)
      }
      first.admit(next)
      admitWaiting()
      return
    }
  }

  return {
    enter(key) {
      let startedAs: string | null = null
      let endWork = () => {}
      let isOver = false
      let settle: (isAdmitted: boolean) => void = () => {}
      let timer: NodeJS.Timeout | undefined
      const admitted = new Promise<boolean>((resolve) => {
        settle = resolve
      })
      const admit = (as: string) => {
        clearTimeout(timer)
        start(as)
        startedAs = as
        endWork = budget.begin(as)
      }
      const admitLater = (as: string) => {
        admit(as)
        // Other work of the process has its turn first.
        setImmediate(settle, true)
      }
      const entry: Waiting = { keys: new Set(), admit: admitLater }
      const release = () => {
        if (isOver) return
        isOver = true
        clearTimeout(timer)
        settle(false)
        endWork()
        if (startedAs !== null) finish(startedAs)
        else if (entry.keys.size > 0) leaveQueues(entry)
      }
      if (!queues.has(key) && hasRoom(key) && (budget.isLeft(key) || mayAdmit())) {
        admit(key)
        settle(true)
      } else if (waiting < maxWaiting && enqueue(key, entry)) {
        waiting += 1
        admitSoon()
        if (maxWaitMs !== undefined) timer = setTimeout(release, maxWaitMs).unref()
      } else release()
      return {
        admitted,
        join(other) {
          if (isOver || startedAs !== null || entry.keys.has(other)) return
          if (hasRoom(other) && !queues.has(other)) {
            leaveQueues(entry)
            admitLater(other)
          } else enqueue(other, entry)
        },
        release,
      }
    },
  }
}
