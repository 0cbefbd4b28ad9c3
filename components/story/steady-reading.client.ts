'use client'

/** Where on the screen somebody reads, as a part of its height. */
const readingLine = 0.35

type Mark = { readonly element: Element; readonly top: number }

export type SteadyReading = {
  /** Before something changes: remembers what stands at the reading line, and where. */
  mark(root: Element): void
  /** The change is wanted to be seen: nothing is held. */
  release(): void
  /** After it: scrolls by what the text at the reading line was moved, so that it stands where it stood. */
  hold(): void
}

/**
 * Keeps the text that is being read where it is while the page changes above it. Browsers that anchor by themselves do so for
 * what grows; they don't all, and not for each kind of change. A scroll of ours takes their own out of the way.
 */
export function createSteadyReading(): SteadyReading {
  let marks: readonly Mark[] = []
  /** What rounding left over the last time, so that many changes don't add up to a pixel. */
  let left = { scrollY: Number.NaN, by: 0 }
  return {
    mark(root) {
      const by = window.scrollY === left.scrollY ? left.by : 0
      marks = elementsAtReadingLine(root).map((element) => ({ element, top: element.getBoundingClientRect().top - by }))
    },
    release() {
      marks = []
    },
    hold() {
      // The element itself may be gone, if its text was edited: then what it stood in, or what follows.
      const kept = marks.find(({ element }) => element.isConnected)
      marks = []
      if (!kept) return
      const moved = kept.element.getBoundingClientRect().top - kept.top
      if (moved !== 0) window.scrollBy({ top: moved, behavior: 'instant' })
      left = { scrollY: window.scrollY, by: kept.element.getBoundingClientRect().top - kept.top }
    },
  }
}

function elementsAtReadingLine(root: Element): Element[] {
  const { left, width } = root.getBoundingClientRect()
  const read = document
    .elementsFromPoint(left + Math.min(width / 2, 320), window.innerHeight * readingLine)
    .filter((element) => element !== root && root.contains(element) && element.closest('dialog, [data-floats]') === null)
  const article = read.find((element) => element.matches('article'))
  const following = [article?.nextElementSibling, article?.nextElementSibling?.nextElementSibling]
  return [...read, ...following].filter((element) => element != null)
}
