import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { canCatchUp } from '#lib/reading/catch-up.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { CatchUp } from './contract.ts'
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
  since(epoch: number, after: number): Promise<CatchUp>
}

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
  let newest: StoryEvent[] = []
  let pulling: Promise<void> | null = null
  let isAskedAgain = false
  /** What is being read of the time before what memory holds, for all who asked for it. */
  let reading: Promise<void> | null = null

  const oldest = () => newest[0]?.seq ?? head + 1
  const readOlder = async (after: number) => {
    const until = oldest() - 1
    const older = await store.eventsAfter(story.id, after, until - after)
    // Unless what it was to be joined to is gone meanwhile.
    if (until === oldest() - 1) newest = [...older, ...newest]
  }
  /** Until the next event memory holds what was read for those who were away for long: others will have been away too. */
  const reach = async (after: number) => {
    const begunIn = epoch
    while (epoch === begunIn && oldest() - 1 > after) {
      reading ??= readOlder(after).finally(() => {
        reading = null
      })
      await reading
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
        handOn(epoch, [])
        continue
      }
      const events = await store.eventsAfter(story.id, head, batch)
      if (events.length === 0) continue
      if (events.length === batch) isAskedAgain = true
      head = events.at(-1)?.seq ?? head
      newest = [...newest, ...events].slice(-remembered)
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
      if (askedEpoch !== epoch || !canCatchUp({ head, publicFrom }, after)) return { epoch, head, reset: true }
      caughtUp(oldest() - 1 > after ? 'store' : 'memory')
      await reach(after)
      if (askedEpoch !== epoch) return { epoch, head, reset: true }
      return { epoch, head, events: newest.filter((event) => event.seq > after) }
    },
  }
}
