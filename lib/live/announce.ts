import { publishedCount } from '#lib/story/count-pace.ts'
import { newlyBreaking } from '#lib/story/newly-breaking.ts'
import type { Update } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'
import type { Surroundings } from './link.ts'
import { observed } from './observed.ts'

/** Between two announcements, in ms: a screen reader that is interrupted all the time can't be listened to. */
export const announceEveryMs = 20_000

export type Announcer = {
  /** The newest announcement. */
  get(): Announcement
  subscribe(listener: () => void): () => void
  /** The story as it is now. */
  hear(view: View): void
  stop(): void
}

/**
 * What is breaking, and how many other updates it is about: none before the first. `number` tells two that say the same apart.
 */
export type Announcement = { readonly breaking: Update | null; readonly updates: number; readonly number: number }

/**
 * Gathers what comes to the view that the page was opened with, and says at most every 20 s how much it was: at once if the last
 * announcement is long past, or if something is breaking.
 */
export function createAnnouncer({ now, setTimeout, clearTimeout }: Omit<Surroundings, 'random'>, opened: View): Announcer {
  const announced = observed<Announcement>({ breaking: null, updates: 0, number: 0 })
  let heard = opened
  let told = publishedCount(opened.pace)
  let toldAt = Number.NEGATIVE_INFINITY
  let timer: unknown = null
  /** `named` is how many of those that came are told of by name. */
  const tell = (breaking: Update | null, named: number) => {
    clearTimeout(timer)
    timer = null
    toldAt = now()
    const total = publishedCount(heard.pace)
    announced.set({ breaking, updates: total - told - named, number: announced.get().number + 1 })
    told = total
  }
  return {
    get: announced.get,
    subscribe: announced.subscribe,
    hear(view) {
      const breaking = newlyBreaking(heard, view)
      const isNew = breaking !== null && breaking.seq > heard.head
      heard = view
      if (breaking) tell(breaking, isNew ? 1 : 0)
      else if (publishedCount(view.pace) > told) timer ??= setTimeout(() => tell(null, 0), Math.max(toldAt + announceEveryMs - now(), 0))
    },
    stop() {
      clearTimeout(timer)
      timer = null
    },
  }
}
