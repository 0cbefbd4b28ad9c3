'use client'

import { useEffect } from 'react'
import { surroundings } from '#components/ui/use-follower.client.ts'
import { dropKept } from '#lib/live/kept-view.ts'
import { networkTransport } from '#lib/live/network-transport.ts'
import { type Position, watchEpoch } from '#lib/live/watch-epoch.ts'

/** Pages don't all ask at the same moment; in ms. */
const within = 2_000
/** A page that was loaded anew and is still as it was has come from an edge that keeps it for some seconds. */
const againAfter = 10_000

/** Loads a page anew that doesn't follow its story, once something was erased from the story's history: it may stand on it. */
export function Rewritten({ slug, epoch, head }: Position & { slug: string }) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const reload = () => {
      void dropKept()
      const [navigation] = performance.getEntriesByType('navigation')
      const isReloaded = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload'
      timer = setTimeout(() => window.location.reload(), (isReloaded ? againAfter : 0) + Math.random() * within)
    }
    const stop = watchEpoch({ epoch, head }, networkTransport(slug, 'list'), surroundings, reload)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [slug, epoch, head])
  return null
}
