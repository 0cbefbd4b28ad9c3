'use client'

import { useSyncExternalStore } from 'react'
import { type Observed, observed } from '#lib/live/observed.ts'

/** Something that a reader chose once for all stories. It is kept in this browser, and followed by its other windows. */
export type Preference<Choice extends string> = Observed<Choice>

export function preference<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Preference<Choice> {
  const key = `staytuned.${name}`
  const [usual] = choices
  const read = (value: string | null) => choices.find((choice) => choice === value) ?? usual
  const chosen = observed<Choice>(typeof window === 'undefined' ? usual : read(stored(key)))
  if (typeof window !== 'undefined') {
    window.addEventListener('storage', (event) => {
      if (event.key === key) chosen.set(read(event.newValue))
    })
  }
  return {
    ...chosen,
    set(choice) {
      store(key, choice)
      chosen.set(choice)
    },
  }
}

/** The choice, and the usual one while the page is as the server made it. */
export function usePreference<Choice extends string>({ subscribe, get }: Preference<Choice>, usual: Choice): Choice {
  return useSyncExternalStore(subscribe, get, () => usual)
}

/** What this browser keeps under that name; null if it keeps nothing, or nothing at all. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Storage that is switched off or full: what would be kept is a convenience.
    return null
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // As above.
  }
}
