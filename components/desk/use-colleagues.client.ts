'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { signedInPerson } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { useSessionEnd } from './use-session-end.client.ts'

/** Several events in a row are one look at the server. */
const settleMs = 300
/** Drafts are no events, so nothing tells that a colleague has submitted one. */
const lookMs = 20_000

/**
 * Has the page made anew as colleagues write. If the session has ended it says so and leaves the page alone: making it anew
 * would lead away from it to the sign-in page, in the middle of a word.
 */
export function useColleagues(head: number, toldHead: number): void {
  const { refresh } = useRouter()
  const { setSignedOut, isSignedOut } = useDesk()

  useEffect(() => {
    if (head <= toldHead) return
    const timer = setTimeout(() => void look(refresh, setSignedOut), settleMs)
    return () => clearTimeout(timer)
  }, [head, toldHead, refresh, setSignedOut])

  useSessionEnd(() => setSignedOut(true), isSignedOut)

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look(refresh, setSignedOut)
    }, lookMs)
    return () => clearInterval(timer)
  }, [refresh, setSignedOut])
}

async function look(refresh: () => void, setSignedOut: (isSignedOut: boolean) => void): Promise<void> {
  const answered = await signedInPerson()
  if (answered.kind === 'unreachable') return
  setSignedOut(answered.id === null)
  if (answered.id !== null) refresh()
}
