import { useEffect } from 'react'

/** What tells of something new can get lost, and of some things nothing tells. */
const lookMs = 20_000

/** Looks now and then while the page is seen, and when it is seen again. */
export function useLookAgain(look: () => void): void {
  useEffect(() => {
    const lookIfSeen = () => {
      if (document.visibilityState === 'visible') look()
    }
    const timer = setInterval(lookIfSeen, lookMs)
    document.addEventListener('visibilitychange', lookIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookIfSeen)
    }
  }, [look])
}
