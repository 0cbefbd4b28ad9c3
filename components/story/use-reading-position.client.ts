'use client'

import { useEffect, useState } from 'react'

/** Where the top of what is read is, below the bar; in px from the top of the window. */
const belowBar = 96

/** The id of the update that is at the top of the screen; null until the page has been scrolled. */
export function useReadingPosition(): string | null {
  const [id, setId] = useState<string | null>(null)
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      setId(articleAt(belowBar))
    }
    const onScroll = () => {
      frame ||= requestAnimationFrame(look)
    }
    window.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      window.removeEventListener('scroll', onScroll)
      cancelAnimationFrame(frame)
    }
  }, [])
  return id
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

/** Every update on the page in the order of the page, and where among them the reader is. */
export function updateBeside(step: 1 | -1): string | null {
  const articles = [...document.querySelectorAll('article[id]')]
  const focused = articles.findIndex(({ id }) => id !== '' && id === document.activeElement?.id)
  const at = focused === -1 ? articles.findIndex(({ id }) => id === articleAt(belowBar)) : focused
  // Without one to start from, the first step leads to the one that is being read.
  const isBefore = focused === -1 && (articles[at]?.getBoundingClientRect().top ?? 0) > belowBar
  const next = step === 1 && isBefore ? at : at + step
  return articles[next]?.id ?? null
}
