'use client'

import { useEffect, useRef } from 'react'
import { watchSession } from '#lib/live/watch-session.ts'
import { signedInPerson } from './desk-api.client.ts'

/**
 * Calls back when the server says that the session of this browser has ended, unless somebody is signed in all the same. A socket
 * is told of the session that it was opened with: with another value of `since` another is opened.
 */
export function useSessionEnd(onEnded: () => void, since?: unknown): void {
  const latest = useRef(onEnded)
  useEffect(() => {
    latest.current = onEnded
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what `since` says is when to begin anew.
  useEffect(() => {
    const ask = async () => {
      const answered = await signedInPerson()
      // In another tab somebody may have signed in anew.
      if (answered.kind === 'person' && answered.id === null) latest.current()
    }
    return watchSession(() => void ask())
  }, [since])
}
