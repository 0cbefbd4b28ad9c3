'use client'

import { useSyncExternalStore } from 'react'

/** Where the top of what is read is, below the bar; in px from the top of the window. */
const belowBar = 96

/** The id of the update that is at the top of the screen; null until the page has been scrolled. */
export function useReadingPosition(): string | null {
  return useSyncExternalStore(subscribe, get, () => null)
}

let current: string | null = null

function get(): string | null {
  return current
}

/** Looks once a frame at the most, and only while the page is scrolled. */
function subscribe(listener: () => void): () => void {
  let frame = 0
  const look = () => {
    frame = 0
    const id = articleAt(belowBar)
    if (id === current) return
    current = id
    listener()
  }
  const onScroll = () => {
    frame ||= requestAnimationFrame(look)
  }
  window.addEventListener('scroll', onScroll, { passive: true })
  return () => {
    window.removeEventListener('scroll', onScroll)
    cancelAnimationFrame(frame)
  }
}

/** The update of the timeline that reaches across that height, or the next below it. */
function articleAt(height: number): string | null {
  const articles = document.querySelectorAll('article[id]')
  let first = 0
  let beyond = articles.length
  while (first < beyond) {
    const middle = (first + beyond) >> 1
    if ((articles[middle]?.getBoundingClientRect().bottom ?? 0) > height) beyond = middle
    else first = middle + 1
  }
  return (articles[first] ?? articles[articles.length - 1])?.id ?? null
}

/** The update that a step leads to, from the one that has the focus or else from the one that is read; null at the end. */
export function updateBeside(step: 1 | -1): string | null {
  const articles = [...document.querySelectorAll('article[id]')]
  const focused = articles.findIndex(({ id }) => id === document.activeElement?.id)
  const at = focused === -1 ? articles.findIndex(({ id }) => id === articleAt(belowBar)) : focused
  // Without one to start from, the first step leads to the one that is being read.
  const isBefore = focused === -1 && (articles[at]?.getBoundingClientRect().top ?? 0) > belowBar
  const next = step === 1 && isBefore ? at : at + step
  return articles[next]?.id ?? null
}
