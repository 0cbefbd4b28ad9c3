'use client'

import { useEffect, useRef, useState } from 'react'

/** Work that waits until the page has been drawn with what led to it. */
export type AfterFrame = {
  /** Asks for it; as often as that is before then, it is done once. */
  readonly ask: () => void
  /** Does it at once if it was asked for. */
  readonly now: () => void
  readonly isAsked: () => boolean
}

/** A page that isn't drawn, behind other tabs, does it after so many ms. */
const latestMs = 100

/** Does it at the latest when the page is hidden or left, or what asks for it is taken away. */
export function useAfterFrame(work: () => void): AfterFrame {
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  const [waiting] = useState(() => afterFrame(() => latest.current()))
  useEffect(() => {
    window.addEventListener('pagehide', waiting.now)
    document.addEventListener('visibilitychange', waiting.now)
    return () => {
      waiting.now()
      window.removeEventListener('pagehide', waiting.now)
      document.removeEventListener('visibilitychange', waiting.now)
    }
  }, [waiting])
  return waiting
}

function afterFrame(work: () => void): AfterFrame {
  let callOff: (() => void) | null = null
  const now = () => {
    if (!callOff) return
    callOff()
    callOff = null
    work()
  }
  return {
    ask() {
      if (callOff) return
      let drawn: NodeJS.Timeout | undefined
      const late = setTimeout(now, latestMs)
      const frame = requestAnimationFrame(() => {
        drawn = setTimeout(now)
      })
      callOff = () => {
        clearTimeout(late)
        clearTimeout(drawn)
        cancelAnimationFrame(frame)
      }
    },
    now,
    isAsked: () => callOff !== null,
  }
}
