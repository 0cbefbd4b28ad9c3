'use client'

import { type RefObject, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { browserFollower, surroundings, useFollowing } from '#components/ui/use-follower.client.ts'
import type { Follower } from '#lib/live/follow.ts'
import { createReader, type Reader, type ReaderSnapshot } from '#lib/live/reader.ts'
import type { View } from '#lib/story/view.ts'
import { createSteadyReading } from './steady-reading.client.ts'
import type { Order } from './story-address.ts'
import { useSeen } from './use-seen.client.ts'

type UsedReader = {
  readonly snapshot: ReaderSnapshot
  readonly reader: Reader
  readonly follower: Follower
  /** All that may move when something changes. */
  readonly root: RefObject<HTMLDivElement | null>
  /** The end of the timeline where new updates appear. */
  readonly liveEnd: RefObject<HTMLDivElement | null>
}

/** Follows the story, and keeps what is being read in its place whatever comes. */
export function useReader(initial: View, readAt: number, order: Order): UsedReader {
  const root = useRef<HTMLDivElement>(null)
  const liveEnd = useRef<HTMLDivElement>(null)
  const [{ follower, reader, steady, subscribe }] = useState(() => {
    const follower = browserFollower(initial, readAt, 'reader')
    const canSlideIn = () => document.visibilityState === 'visible' && isInSight(liveEnd.current, order)
    const reader = createReader(follower, canSlideIn, surroundings.now)
    const steady = createSteadyReading()
    let { shownTo } = reader.getSnapshot().reading
    const subscribe = (notify: () => void) =>
      reader.subscribe(() => {
        const { reading } = reader.getSnapshot()
        // What slides in is meant to be seen; all else happens without moving anything.
        if (reading.shownTo !== shownTo) steady.release()
        else if (root.current) steady.mark(root.current)
        shownTo = reading.shownTo
        notify()
      })
    return { follower, reader, steady, subscribe }
  })
  useFollowing(follower)
  const snapshot = useSyncExternalStore(subscribe, reader.getSnapshot, reader.getSnapshot)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is to run after each change of what is on the page.
  useLayoutEffect(() => steady.hold(), [snapshot, steady])
  useSeen(follower, snapshot.view.head)
  return { snapshot, reader, follower, root, liveEnd }
}

/** Whether the end is on the screen or about to come onto it, so that what is added there pushes nothing away that is read. */
function isInSight(end: Element | null, order: Order): boolean {
  if (!end) return false
  const { top } = end.getBoundingClientRect()
  return order === 'newest' ? top >= 0 : top <= window.innerHeight
}

/** So many frames pass at most until what came near the screen has been drawn, and has its own height in place of a guessed one. */
const settlingFrames = 15

/** Brings an update to the top of the screen, and the keyboard with it; false if it isn't on the page. */
export function goToUpdate(id: string): boolean {
  const element = document.getElementById(id)
  if (!element) return false
  const toTop = () => element.scrollIntoView({ block: 'start', behavior: 'instant' })
  toTop()
  element.focus({ preventScroll: true })
  const settled = new AbortController()
  const { signal } = settled
  // Whoever scrolls on meanwhile isn't held back.
  for (const type of ['wheel', 'touchmove']) window.addEventListener(type, () => settled.abort(), { signal, passive: true })
  let framesLeft = settlingFrames
  const settle = () => {
    if (framesLeft === 0 || document.activeElement !== element) settled.abort()
    if (signal.aborted) return
    framesLeft -= 1
    toTop()
    requestAnimationFrame(settle)
  }
  requestAnimationFrame(settle)
  return true
}
