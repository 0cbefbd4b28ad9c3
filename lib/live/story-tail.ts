import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { mostMissedBytes } from '#lib/reading/catch-up.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { canCatchUp } from '#lib/story/merge.ts'
import type { Meter } from './hub-socket.ts'

/** The end of one story's log, kept in memory while somebody follows the story. */
export type StoryTail = {
  readonly storyId: string
  readonly slug: string
  readonly epoch: number
  readonly head: number
  /** Reads the end of the log into memory, so that those who come back all at once are answered from there. One query. */
  fill(): Promise<void>
  /** Reads what is new in the log and hands it on. One query a call at the most, however often it is called meanwhile. */
  pull(): Promise<void>
  /** What came after `after`: from memory, which one query makes longer if need be, for all who ask from then on. */
  since(epoch: number, after: number): Promise<Missed>
}

/** Either the events that were missed, as JSON; or `reset`: read the view anew. */
export type Missed = { readonly epoch: number; readonly head: number } & ({ readonly events: string } | { readonly reset: true })

/** An event, and its JSON once somebody was sent it. */
type Kept = { readonly event: StoryEvent; json?: string }

/** How many events one read takes; a longer backlog takes several. */
const batch = 200

export function storyTail(
  store: Store,
  { story, epoch: firstEpoch, head: firstHead, publicFrom }: StoredStory,
  remembered: number,
  handOn: (epoch: number, events: readonly StoryEvent[]) => void,
  caughtUp: Meter['caughtUp'],
): StoryTail {
  let epoch = firstEpoch
  let head = firstHead
  /** The newest events, ascending, without a hole, the last being number `head`. */
  let newest: Kept[] = []
  /** From before this number on there is more than is told by events. */
  let tooFar = 0
  let pulling: Promise<void> | null = null
  let isAskedAgain = false
  /** What is being read of the time before what memory holds, for all who asked for it. */
  let reading: Promise<void> | null = null

  const oldest = () => newest[0]?.event.seq ?? head + 1
  const readOlder = async (after: number) => {
    const until = oldest() - 1
    const older = await store.eventsAfter(story.id, after, until - after)
    // Unless what it was to be joined to is gone meanwhile.
    if (until === oldest() - 1) newest = [...older.map((event) => ({ event })), ...newest]
    forgetTooFar()
  }
  /** Until the next event memory holds what was read for those who were away for long: others will have been away too. */
  const reach = async (after: number) => {
    const begunIn = epoch
    while (epoch === begunIn && oldest() - 1 > after && after >= tooFar) {
      reading ??= readOlder(after).finally(() => {
        reading = null
      })
      await reading
    }
  }

  /** Memory holds no more than may be told at once. */
  const forgetTooFar = () => {
    let bytes = 0
    for (let index = newest.length - 1; index >= 0; index -= 1) {
      const kept = newest[index]
      if (kept) bytes += Buffer.byteLength(jsonOf(kept))
      if (bytes <= mostMissedBytes) continue
      tooFar = Math.max(tooFar, kept?.event.seq ?? 0)
      newest = newest.slice(index + 1)
      return
    }
  }

  const readNew = async () => {
    do {
      isAskedAgain = false
      const [position] = await store.positions([story.id])
      if (position && position.epoch !== epoch) {
        // History was rewritten: whoever follows has to read it anew, and sees so by the epoch.
        ;({ epoch, head } = position)
        newest = []
        tooFar = 0
        handOn(epoch, [])
        continue
      }
      const events = await store.eventsAfter(story.id, head, batch)
      if (events.length === 0) continue
      if (events.length === batch) isAskedAgain = true
      head = events.at(-1)?.seq ?? head
      newest = [...newest, ...events.map((event) => ({ event }))].slice(-remembered)
      handOn(epoch, events)
    } while (isAskedAgain)
  }

  return {
    storyId: story.id,
    slug: story.slug,
    get epoch() {
      return epoch
    },
    get head() {
      return head
    },
    fill: () => reach(Math.max(firstHead - remembered, publicFrom, 0)),
    pull() {
      // A notice that comes while a read is under way may be about what that read is too early to see.
      if (pulling !== null) isAskedAgain = true
      pulling ??= readNew().finally(() => {
        pulling = null
      })
      return pulling
    },
    async since(askedEpoch, after) {
      // It has been told more than has come here yet.
      if (askedEpoch > epoch || after > head) await this.pull()
      if (askedEpoch !== epoch || after < tooFar || !canCatchUp({ head, publicFrom }, after)) return { epoch, head, reset: true }
      caughtUp(oldest() - 1 > after ? 'store' : 'memory')
      await reach(after)
      // New ones may have come meanwhile.
      forgetTooFar()
      if (askedEpoch !== epoch || oldest() - 1 > after) return { epoch, head, reset: true }
      const missed = newest.filter(({ event }) => event.seq > after)
      return { epoch, head, events: `[${missed.map(jsonOf).join(',')}]` }
    },
  }
}

/** Written once, for however many are sent it. */
function jsonOf(kept: Kept): string {
  kept.json ??= JSON.stringify(kept.event)
  return kept.json
}
