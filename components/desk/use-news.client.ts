'use client'

import { useEffect } from 'react'
import { useDesk } from './desk-frame.client.tsx'
import { useLookAgain } from './use-look-again.client.ts'

/** Several events in a row are one look at the server. */
const settleMs = 300

/** Reads the desk anew as colleagues write. `head` is the number of the newest event, `toldHead` that of the desk as it was read. */
export function useNews(head: number, toldHead: number): void {
  const { refresh } = useDesk()

  useEffect(() => {
    if (head <= toldHead) return
    const timer = setTimeout(refresh, settleMs)
    return () => clearTimeout(timer)
  }, [head, toldHead, refresh])

  useLookAgain(refresh)
}
