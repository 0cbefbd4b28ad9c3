'use client'

import { useSyncExternalStore } from 'react'

/**
 * Whether the page's script runs here. Until it does, what is typed into a field whose text is React's would be taken away
 * again, and a form would be sent by the browser itself: such fields wait for it.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}

function subscribe(): () => void {
  return () => {}
}
