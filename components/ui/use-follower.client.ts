'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { createFollower, type Follower, type Snapshot } from '#lib/live/follow.ts'
import { networkTransport } from '#lib/live/network-transport.ts'
import type { View } from '#lib/story/view.ts'

/** Follows the story that the page was rendered with, as a desk does, for as long as the component is there. */
export function useFollower(initial: View): { snapshot: Snapshot; follower: Follower } {
  const [follower] = useState(() => browserFollower(initial, Date.now(), 'desk'))
  useFollowing(follower)
  const snapshot = useSyncExternalStore(follower.subscribe, follower.getSnapshot, follower.getSnapshot)
  return { snapshot, follower }
}

/** `readAt` is when the server made the view, in ms since 1970. */
export function browserFollower(initial: View, readAt: number, as: 'reader' | 'desk'): Follower {
  return createFollower(initial, readAt, networkTransport(initial.story.slug, as), surroundings)
}

/** Lets the follower run, and tells it of the window and of the network. */
export function useFollowing(follower: Follower): void {
  useEffect(() => {
    const onVisibility = () => follower.setVisible(document.visibilityState === 'visible')
    const onOnline = () => follower.setOnline(true)
    const onOffline = () => follower.setOnline(false)
    document.addEventListener('visibilitychange', onVisibility)
    window.addEventListener('online', onOnline)
    window.addEventListener('offline', onOffline)
    follower.start()
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      window.removeEventListener('online', onOnline)
      window.removeEventListener('offline', onOffline)
      follower.stop()
    }
  }, [follower])
}

export const surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (run: () => void, ms: number) => window.setTimeout(run, ms),
  clearTimeout: (timer: unknown) => window.clearTimeout(Number(timer)),
}
