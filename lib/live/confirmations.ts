import type { Delivery } from '#lib/db/reach.ts'
import type { Store } from '#lib/db/store.ts'
import { bucketOf, noDelays } from '#lib/story/delays.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { SeenMessage } from './contract.ts'
import type { Report } from './hub-socket.ts'
import type { StoryTail } from './story-tail.ts'

export type Confirmations = {
  /** Asks a reader to confirm what comes from now on; false if enough are asked already. */
  ask(tail: StoryTail, reader: string): boolean
  /** The reader is gone: another can be asked. */
  leave(tail: StoryTail, reader: string): void
  /** Begins to count for what was just sent to so many readers. Costs the same for any number of them. */
  sent(tail: StoryTail, events: readonly StoryEvent[], readers: number): void
  /** A reader has something on the screen. False if it isn't asked, or has said so before. */
  seen(tail: StoryTail, reader: string, message: SeenMessage): boolean
  /** Writes what is known by now. */
  stop(): Promise<void>
}

type Timing = {
  /** How many readers of a story are asked. */
  readonly mostAsked: number
  /** How long after an update was sent it is written how it was confirmed: first, and for good; in ms. */
  readonly tellMs: readonly [number, number]
}

type Tally = Delivery & {
  /** When it was published and when it was sent, in ms since 1970. */
  readonly publishedAt: number
  readonly sentAt: number
  readonly delays: number[]
  confirmed: number
  /** How many confirmations are written by now. */
  told: number | null
}

/** Counts how soon the readers of this process have what is published on their screens, and writes it, together, a little later. */
export function startConfirmations(store: Store, process: string, report: Report, { mostAsked, tellMs: [firstMs, lastMs] }: Timing): Confirmations {
  /** By story: who is asked, and up to which number they have answered. */
  const asked = new Map<string, Map<string, number>>()
  /** What was sent in the last quarter of a minute. */
  let tallies: Tally[] = []
  let telling: Promise<void> | null = null

  const tell = async (isLast: (tally: Tally) => boolean) => {
    const age = (tally: Tally) => Date.now() - tally.sentAt
    const due = tallies.filter((tally) => (isLast(tally) ? tally.told !== tally.confirmed : tally.told === null && age(tally) >= firstMs))
    const over = new Set(tallies.filter(isLast))
    if (due.length > 0) {
      const deliveries = due.map(({ storyId, seq, readers, asked, confirmed, delays }) => ({
        storyId,
        seq,
        readers,
        asked,
        confirmed,
        delays: [...delays],
      }))
      await store.reach.tell(process, deliveries)
      due.forEach((tally, index) => {
        tally.told = deliveries[index]?.confirmed ?? null
      })
    }
    tallies = tallies.filter((tally) => !over.has(tally))
  }
  const timer = setInterval(() => {
    telling ??= tell((tally) => Date.now() - tally.sentAt >= lastMs)
      .catch((error: unknown) => report('writing what was confirmed failed', error))
      .finally(() => {
        telling = null
      })
  }, firstMs / 2)

  return {
    ask({ storyId, head }, reader) {
      const known = asked.get(storyId) ?? new Map<string, number>()
      if (!known.has(reader) && known.size >= mostAsked) return false
      asked.set(storyId, known.set(reader, head))
      return true
    },
    leave({ storyId }, reader) {
      const known = asked.get(storyId)
      known?.delete(reader)
      if (known?.size === 0) asked.delete(storyId)
    },
    sent({ storyId }, events, readers) {
      const isNew = (seq: number) => !tallies.some((tally) => tally.storyId === storyId && tally.seq === seq)
      for (const { type, seq, at } of events) {
        if (type !== 'update.published' || !isNew(seq)) continue
        const counted = { storyId, seq, readers, asked: asked.get(storyId)?.size ?? 0, confirmed: 0, delays: [...noDelays] }
        tallies.push({ ...counted, publishedAt: Date.parse(at), sentAt: Date.now(), told: null })
      }
    },
    seen({ storyId, head }, reader, { after, seq }) {
      const known = asked.get(storyId)
      const answered = known?.get(reader)
      if (answered === undefined || seq <= answered || seq > head) return false
      known?.set(reader, seq)
      for (const tally of tallies) {
        if (tally.storyId !== storyId || tally.seq <= Math.max(after, answered) || tally.seq > seq) continue
        const bucket = bucketOf(Date.now() - tally.publishedAt)
        tally.delays[bucket] = (tally.delays[bucket] ?? 0) + 1
        tally.confirmed += 1
      }
      return true
    },
    async stop() {
      clearInterval(timer)
      await telling
      await tell(() => true).catch((error: unknown) => report('writing what was confirmed failed', error))
    },
  }
}
