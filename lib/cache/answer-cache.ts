type Made<Answer> = {
  readonly answer: Answer
  /** The story that it is about: null for what is about all of them. */
  readonly storyId: string | null
}

export type Making<Answer> = {
  /** What an address is answered. Says which story that is about, by its id, before it begins to read. */
  make(address: string, isAbout: (storyId: string | null) => void): Promise<Answer>
  /** What it takes in memory, in bytes; null for what is not to be kept. */
  sizeOf(answer: Answer): number | null
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
  /** From memory, or made: once, however many ask meanwhile. */
  get(address: string): Promise<Answer>
  /** Forgets what is about a story. What is being made of it is for those alone who have asked already. */
  drop(storyId: string): void
}

/**
 * Answers by their address, each as new as its story's log: as soon as that goes on they're gone. Those that were asked for last stay
 * the longest. Asking costs a look into a map.
 */
export function answerCache<Answer>({ make, sizeOf, now }: Making<Answer>, { mostBytes, keptMs }: CacheLimits): AnswerCache<Answer> {
  /** Those that were asked for last come last. */
  const kept = new Map<string, Made<Answer> & { readonly bytes: number; readonly until: number }>()
  const making = new Map<string, { storyId?: string | null; answer: Promise<Answer> }>()
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
  const begin = (address: string): Promise<Answer> => {
    const work = async () => {
      try {
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
        if (making.get(address) === current) making.delete(address)
      }
    }
    const current: { storyId?: string | null; answer: Promise<Answer> } = { answer: Promise.resolve().then(work) }
    making.set(address, current)
    return current.answer
  }

  return {
    peek,
    async get(address) {
      return peek(address) ?? making.get(address)?.answer ?? begin(address)
    },
    drop(storyId) {
      const isAbout = (made: { storyId?: string | null }) => made.storyId === storyId || made.storyId === null
      for (const [address, made] of kept) if (isAbout(made)) remove(address)
      for (const [address, made] of making) if (isAbout(made)) making.delete(address)
    },
  }
}
