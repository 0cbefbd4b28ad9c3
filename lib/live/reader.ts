import { beginReading, type Left, type Reading, readOn } from '#lib/story/reading.ts'
import type { Follower, Snapshot } from './follow.ts'
import { observed } from './observed.ts'

/** How the page stands to the log, and the reader to the page. */
export type ReaderSnapshot = Snapshot & { readonly reading: Reading }

export type Reader = {
  getSnapshot(): ReaderSnapshot
  subscribe(listener: () => void): () => void
  /** Puts what waits on the page. */
  show(): void
  /** Draws the line where the reader left. */
  returnTo(left: Left): void
}

/**
 * The live timeline: what the follower has, and how much of it is on the page. What comes while the reader looks elsewhere
 * waits until they ask for it. `canSlideIn` says, whenever something has come, whether they look at where it would appear.
 */
export function createReader(follower: Pick<Follower, 'getSnapshot' | 'subscribe'>, canSlideIn: () => boolean, now: () => number): Reader {
  const first = follower.getSnapshot()
  const reader = observed<ReaderSnapshot>({ ...first, reading: beginReading(first.view) })
  const put = (snapshot: Snapshot, reading: Reading) => reader.set({ ...snapshot, reading })
  let heard: Snapshot = first
  let stopHearing: (() => void) | null = null
  let listeners = 0

  const hear = () => {
    const { reading, view: before } = reader.get()
    const snapshot = follower.getSnapshot()
    const { view } = snapshot
    if (snapshot === heard) return
    heard = snapshot
    put(snapshot, view === before ? reading : readOn(reading, { kind: 'changed', view, canSlideIn: view.head > before.head && canSlideIn() }))
  }

  return {
    getSnapshot: reader.get,
    subscribe(listener) {
      const stop = reader.subscribe(listener)
      listeners += 1
      if (stopHearing === null) {
        stopHearing = follower.subscribe(hear)
        hear()
      }
      let isHearing = true
      return () => {
        if (!isHearing) return
        isHearing = false
        stop()
        listeners -= 1
        if (listeners > 0) return
        stopHearing?.()
        stopHearing = null
      }
    },
    show() {
      const snapshot = reader.get()
      put(snapshot, readOn(snapshot.reading, { kind: 'show', view: snapshot.view, now: now() }))
    },
    returnTo(left) {
      const snapshot = reader.get()
      put(snapshot, readOn(snapshot.reading, { kind: 'returned', left }))
    },
  }
}
