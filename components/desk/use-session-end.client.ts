'use client'

import { useEffect, useRef } from 'react'
import { watchSession } from '#lib/live/watch-session.ts'
import { signedInPerson } from './desk-api.client.ts'

/** Calls back when the server says that a session of this browser has ended, unless somebody is signed in all the same. */
export function useSessionEnd(onEnded: () => void): void {
  const latest = useRef(onEnded)
  useEffect(() => {
    latest.current = onEnded
  })
  useEffect(() => {
    const ask = async () => {
      const answered = await signedInPerson()
      // A change of one's password or second factor puts another session in the old one's place.
      if (answered.kind === 'person' && answered.id === null) latest.current()
    }
    return watchSession(() => void ask())
  }, [])
}
