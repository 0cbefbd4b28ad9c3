'use client'

import { useEffect, useRef } from 'react'
import type { Follower } from '#lib/live/follow.ts'

/**
 * Confirms what has come once it is painted: itself, or that it waits. What comes while nobody looks at the page is never
 * confirmed, for when somebody looks again says nothing of how fast it came.
 */
export function useSeen(follower: Follower, head: number): void {
  const last = useRef(head)
  useEffect(() => {
    const after = last.current
    last.current = head
    if (head <= after || document.visibilityState !== 'visible') return
    // A frame is painted after what is asked to run before it, and before what that leaves for later.
    requestAnimationFrame(() => setTimeout(() => follower.seen(after, head)))
  }, [follower, head])
}
