import { z } from 'zod'
import { type Observed, observed } from '#lib/live/observed.ts'
import { type Answered, type Failure, isProblem, mayPass, type Written } from './desk-api.client.ts'
import { entryText } from './entry-text.ts'

// What was written and is to reach the server: in order, each once, whatever happens to the network, the page or the session.

/** An entry on its way. Its text doesn't change any more, and its key makes it one however often it is sent. */
export const outgoing = z.object({
  idempotencyKey: z.string(),
  /** Those with lower numbers are sent first. */
  order: z.number(),
  text: entryText,
  as: z.enum(['draft', 'submitted', 'published', 'scheduled']),
  /** Seconds that it stays with the server before readers get it. */
  hold: z.number(),
  /** It was sent at least once, so it may be there already. */
  wasSent: z.boolean(),
  /** Why the server doesn't take it, in its own words. */
  refused: z.string().nullable(),
})
export type Outgoing = z.infer<typeof outgoing>

/** In which order they are sent; two tabs may have given the same number. */
export function sentFirst(one: Outgoing, other: Outgoing): number {
  return one.order - other.order || (one.idempotencyKey < other.idempotencyKey ? -1 : 1)
}

export type OutboxState = {
  /** The key of the entry that is being sent. */
  readonly sending: string | null
  /** Why the first could not be sent; it is tried again by itself. */
  readonly failure: Failure | null
}

type Settings = {
  /** Where the entries are kept, each by its key, first to be sent first; other tabs put in and take out as well. */
  readonly kept: { get(): readonly Outgoing[]; put(entry: Outgoing): void; remove(idempotencyKey: string): void }
  readonly send: (entry: Outgoing) => Promise<Answered<Written>>
  readonly onSent: (entry: Outgoing, answer: Written) => void
  /** Runs what it is given unless another tab does the same just now. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  /** Calls back after so many ms, or earlier if there may be a network again; answers how to call it off. */
  readonly later: (ms: number, run: () => void) => () => void
}

export type Outbox = {
  readonly state: Pick<Observed<OutboxState>, 'get' | 'subscribe'>
  add(entry: Pick<Outgoing, 'idempotencyKey' | 'text' | 'as' | 'hold'>): void
  /** Takes an entry out; false if it may be at the server: it was sent, and not refused. */
  takeOut(entry: Outgoing): boolean
  /** Sends what waits now; a refused entry is tried once more. */
  retry(entry?: Outgoing): void
  /** Goes to work; answers how to stop. */
  start(): () => void
}

const firstWaitMs = 2_000
const longestWaitMs = 30_000

/** Sends the entries one after the other. One that the server refuses lets the others pass; anything else makes all wait. */
export function createOutbox({ kept, send, onSent, alone, later }: Settings): Outbox {
  const state = observed<OutboxState>({ sending: null, failure: null })
  let isRunning = false
  let isStarted = false
  let waitMs = firstWaitMs
  let callOff = () => {}

  const find = (idempotencyKey: string) => kept.get().find((each) => each.idempotencyKey === idempotencyKey)
  // Another tab may have taken it out meanwhile: then it stays out.
  const change = (idempotencyKey: string, changed: Partial<Outgoing>) => {
    const entry = find(idempotencyKey)
    if (entry) kept.put({ ...entry, ...changed })
  }

  /** True if the next can be sent at once. */
  const sendOne = async (entry: Outgoing): Promise<boolean> => {
    const { idempotencyKey } = entry
    state.set({ sending: idempotencyKey, failure: null })
    change(idempotencyKey, { wasSent: true })
    const answered = await send(entry)
    if (answered.kind === 'done') {
      kept.remove(idempotencyKey)
      onSent(entry, answered.answer)
      return true
    }
    const isRefused = answered.kind === 'problem' && !mayPass(answered)
    if (isRefused) change(idempotencyKey, { refused: answered.problem.detail })
    else state.set({ sending: null, failure: answered })
    return isRefused
  }

  const sendAll = async () => {
    for (let canGoOn = true; canGoOn && isStarted; ) {
      const next = kept.get().find(({ refused }) => refused === null)
      if (!next) break
      canGoOn = await sendOne(next)
      if (canGoOn) waitMs = firstWaitMs
    }
  }

  const run = async () => {
    if (isRunning || !isStarted) return
    isRunning = true
    callOff()
    try {
      await alone(sendAll)
    } finally {
      isRunning = false
    }
    state.set({ sending: null, failure: state.get().failure })
    if (!kept.get().some(({ refused }) => refused === null)) return state.set({ sending: null, failure: null })
    // Who has to sign in isn't asked again and again.
    const { failure } = state.get()
    if (!isStarted || (failure && isProblem(failure, 'sign-in-needed'))) return
    callOff = later(waitMs, () => void run())
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }

  return {
    state,
    add(entry) {
      kept.put({ ...entry, order: (kept.get().at(-1)?.order ?? 0) + 1, wasSent: false, refused: null })
      void run()
    },
    takeOut({ idempotencyKey }) {
      const entry = find(idempotencyKey)
      if (!entry || (entry.wasSent && entry.refused === null)) return false
      kept.remove(idempotencyKey)
      return true
    },
    retry(entry) {
      if (entry) change(entry.idempotencyKey, { refused: null })
      waitMs = firstWaitMs
      void run()
    },
    start() {
      isStarted = true
      void run()
      return () => {
        isStarted = false
        callOff()
      }
    },
  }
}
