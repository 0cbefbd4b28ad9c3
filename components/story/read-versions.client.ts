'use client'

import { store, stored } from '#components/ui/preference.client.ts'
import type { Corrections } from '#lib/story/corrections.ts'
import type { View } from '#lib/story/view.ts'

/** Of more updates than this of one story those that were read longest ago are forgotten. */
const mostRead = 300

/** An update counts as read once it has reached this far into the screen. */
const readMargin = '-20% 0px'

/** Between two looks at which updates are on the page, in ms: much may come at once. */
const lookEveryMs = 500

export type ReadVersions = {
  /** The version of each update that this reader has had on the screen, by its id. */
  versions(): ReadonlyMap<string, number>
  /** They were told of all these corrections. */
  toldOf(corrections: Corrections): void
  /** What is on the page now, and in which version. */
  look(view: View): void
  /** Sees what comes onto the screen, until what it answers is called. */
  watch(): () => void
}

/** What a reader has read of a story, and in which version, as this browser keeps it. */
export function createReadVersions(slug: string): ReadVersions {
  const key = `staytuned.read.${slug}`
  const read = kept(key)
  let shown: ReadonlyMap<string, number> = new Map()
  let observer: IntersectionObserver | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const see = (id: string) => {
    const version = shown.get(id)
    // A version that is newer than what was read is told of first.
    if (version !== undefined && !read.has(id)) read.set(id, version)
  }
  const observe = () => {
    timer = null
    for (const article of document.querySelectorAll('article[id]')) observer?.observe(article)
  }
  const keep = () => {
    // Another tab may have kept more meanwhile, or told of more.
    for (const [id, version] of kept(key)) if (version > (read.get(id) ?? 0)) read.set(id, version)
    store(key, JSON.stringify([...read].slice(-mostRead)))
  }

  return {
    versions: () => read,
    toldOf({ newest }) {
      // The newest of each comes last, and stays.
      for (const { id, version } of newest.toReversed()) if (read.has(id)) read.set(id, version)
      keep()
    },
    look({ updates }) {
      shown = new Map(updates.map(({ id, version }) => [id, version]))
      timer ??= setTimeout(observe, lookEveryMs)
    },
    watch() {
      observer = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting, target } of entries) if (isIntersecting) see(target.id)
        },
        { rootMargin: readMargin },
      )
      window.addEventListener('pagehide', keep)
      document.addEventListener('visibilitychange', keep)
      return () => {
        observer?.disconnect()
        if (timer !== null) clearTimeout(timer)
        timer = null
        window.removeEventListener('pagehide', keep)
        document.removeEventListener('visibilitychange', keep)
        keep()
      }
    },
  }
}

function kept(key: string): Map<string, number> {
  try {
    const value: unknown = JSON.parse(stored(key) ?? '[]')
    const isEntry = (each: unknown): each is [string, number] => Array.isArray(each) && typeof each[0] === 'string' && Number.isInteger(each[1])
    return new Map(Array.isArray(value) ? value.filter(isEntry) : [])
  } catch {
    // Not ours, or of a version that wrote it in another way: as if nothing had been kept.
    return new Map()
  }
}
