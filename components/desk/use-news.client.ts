'use client'

import { useEffect } from 'react'
import { useDesk } from './desk-frame.client.tsx'

/** Several events in a row are one look at the server. */
const settleMs = 300
/** What tells of drafts and notes can get lost. */
const lookMs = 20_000

/** Reads the desk anew as colleagues write. `head` is the number of the newest event, `toldHead` that of the desk as it was read. */
export function useNews(head: number, toldHead: number): void {
  const { refresh } = useDesk()

  useEffect(() => {
    if (head <= toldHead) return
    const timer = setTimeout(refresh, settleMs)
    return () => clearTimeout(timer)
  }, [head, toldHead, refresh])

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') refresh()
    }
    const timer = setInterval(look, lookMs)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [refresh])
}
