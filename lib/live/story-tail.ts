import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import { catchUp as readMissed } from '#lib/reading/catch-up.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { CatchUp } from './contract.ts'
import type { Meter } from './hub-socket.ts'

/** The end of one story's log, kept in memory while somebody follows the story. */
export type StoryTail = {
  readonly storyId: string
  readonly slug: string
  readonly epoch: number
  readonly head: number
  /** Reads what is new in the log and hands it on. One query a call at the most, however often it is called meanwhile. */
  pull(): Promise<void>
  /** What came after `after`: from memory, or from the store (at most two queries) if it is older than what memory holds. */
  since(epoch: number, after: number): Promise<CatchUp>
}

/** How many events one read takes; a longer backlog takes several. */
const batch = 200

export function storyTail(
  store: Store,
  { story, epoch: firstEpoch, head: firstHead }: StoredStory,
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
    pull() {
      // A notice that comes while a read is under way may be about what that read is too early to see.
      if (pulling !== null) isAskedAgain = true
      pulling ??= readNew().finally(() => {
        pulling = null
      })
      return pulling
    },
    async since(askedEpoch, after) {
      const oldest = newest[0]?.seq ?? head + 1
      if (askedEpoch === epoch && after <= head && after >= oldest - 1) {
        caughtUp('memory')
        return { epoch, head, events: newest.filter((event) => event.seq > after) }
      }
      caughtUp('store')
      return (await readMissed(store, story.slug, askedEpoch, after)) ?? { epoch, head, reset: true }
    },
  }
}
