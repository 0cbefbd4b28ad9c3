import type { Surroundings } from './link.ts'
import { observed } from './observed.ts'

/** Between two announcements, in ms: a screen reader that is interrupted all the time can't be listened to. */
export const announceEveryMs = 20_000

export type Announcer = {
  /** The newest announcement. */
  get(): Announcement
  subscribe(listener: () => void): () => void
  /** That many updates have been published by now. */
  count(total: number): void
  stop(): void
}

/** How many updates it is about, none before the first; `number` tells two that say the same apart. */
export type Announcement = { readonly updates: number; readonly number: number }

/**
 * Gathers what comes, and says at most every 20 s how much it was: at once if the last announcement is long past. `known` is
 * how many updates the page was opened with.
 */
export function createAnnouncer({ now, setTimeout, clearTimeout }: Omit<Surroundings, 'random'>, known: number): Announcer {
  const announced = observed<Announcement>({ updates: 0, number: 0 })
  let total = known
  let told = known
  let toldAt = Number.NEGATIVE_INFINITY
  let timer: unknown = null
  const tell = () => {
    timer = null
    toldAt = now()
    announced.set({ updates: total - told, number: announced.get().number + 1 })
    told = total
  }
  return {
    get: announced.get,
    subscribe: announced.subscribe,
    count(counted) {
      total = counted
      if (total > told) timer ??= setTimeout(tell, Math.max(toldAt + announceEveryMs - now(), 0))
    },
    stop() {
      clearTimeout(timer)
      timer = null
    },
  }
}
