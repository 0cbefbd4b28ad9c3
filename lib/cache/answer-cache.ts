import type { Ticket } from '#lib/limits/fair-limit.ts'

type Made<Answer> = {
  readonly answer: Answer
  /** The story that it is about: null for what is about all of them. */
  readonly storyId: string | null
}

type BeingMade<Answer> = { storyId?: string | null; readonly ticket: Ticket; readonly answer: Promise<Answer | null> }

export type Making<Answer> = {
  /** What an address is answered. Says which story that is about, by its id, before it begins to read. */
  make(address: string, isAbout: (storyId: string | null) => void): Promise<Answer>
  /** What it takes in memory, in bytes; null for what is not to be kept. */
  sizeOf(answer: Answer): number | null
  /** Asks for a slot in which to make an answer, on behalf of `key`. */
  enter(key: string): Ticket
  now(): number
}

export type CacheLimits = {
  /** All together, in bytes. */
  readonly mostBytes: number
  /** For so long an answer is given again, in ms: what is in it of the time goes on, and a notice may be lost. */
  readonly keptMs: number
}

export type AnswerCache<Answer> = {
  /** At once, if it's there. */
  peek(address: string): Answer | undefined
  /**
   * Returns the answer from memory, or has it made: once, however many ask meanwhile. Null if there was no slot for that. `key` names who
   * asks: each has a fair share of the slots.
   */
  get(address: string, key: string): Promise<Answer | null>
  /** The same, of an answer that is there or is being made; undefined if there is none. */
  find(address: string, key: string): Promise<Answer | null> | undefined
  /** Forgets what is about a story. What is being made of it is for those alone who have asked already. */
  drop(storyId: string): void
}

/**
 * Answers by their address, each as new as its story's log: as soon as that goes on they're gone. Those that were asked for last stay
 * the longest. Asking costs a look into a map.
 */
export function answerCache<Answer>({ make, sizeOf, enter, now }: Making<Answer>, { mostBytes, keptMs }: CacheLimits): AnswerCache<Answer> {
  /** Those that were asked for last come last. */
  const kept = new Map<string, Made<Answer> & { readonly bytes: number; readonly until: number }>()
  const making = new Map<string, BeingMade<Answer>>()
  let bytes = 0

  const remove = (address: string) => {
    bytes -= kept.get(address)?.bytes ?? 0
    kept.delete(address)
  }
  const keep = (address: string, made: Made<Answer>, size: number) => {
    remove(address)
    kept.set(address, { ...made, bytes: size, until: now() + keptMs })
    bytes += size
    for (const [oldest, { until }] of kept) {
      if (until > now()) break
      remove(oldest)
    }
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) return
      remove(oldest)
    }
  }
  const peek = (address: string): Answer | undefined => {
    const found = kept.get(address)
    if (!found) return undefined
    if (found.until <= now()) {
      remove(address)
      return undefined
    }
    kept.delete(address)
    kept.set(address, found)
    return found.answer
  }
  const find = (address: string, key: string): Promise<Answer | null> | undefined => {
    const found = peek(address)
    if (found !== undefined) return Promise.resolve(found)
    const current = making.get(address)
    current?.ticket.join(key)
    return current?.answer
  }
  const begin = (address: string, key: string): Promise<Answer | null> => {
    const ticket = enter(key)
    const work = async () => {
      try {
        if (!(await ticket.admitted)) return null
        const answer = await make(address, (storyId) => {
          current.storyId = storyId
        })
        const size = sizeOf(answer)
        // Not if its story has gone on meanwhile.
        if (size !== null && current.storyId !== undefined && making.get(address) === current) {
          keep(address, { answer, storyId: current.storyId }, size)
        }
        return answer
      } finally {
        ticket.release()
        if (making.get(address) === current) making.delete(address)
      }
    }
    const current: BeingMade<Answer> = { ticket, answer: Promise.resolve().then(work) }
    making.set(address, current)
    return current.answer
  }

  return {
    peek,
    find,
    get: (address, key) => find(address, key) ?? begin(address, key),
    drop(storyId) {
      const isAbout = (made: { storyId?: string | null }) => made.storyId === storyId || made.storyId === null
      for (const [address, made] of kept) if (isAbout(made)) remove(address)
      for (const [address, made] of making) if (isAbout(made)) making.delete(address)
    },
  }
}
