'use client'

import { useSyncExternalStore } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { type Observed, observed } from '#lib/live/observed.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** How long ago that was, for what is younger than a day. Keeps true by itself; the server says nothing, for it is wrong soon. */
export function Ago({ at, className }: { at: string; className?: string | undefined }) {
  const format = useFormatter()
  const t = useTranslations('moment')
  const minutes = useSyncExternalStore(
    theMinute.subscribe,
    () => minutesSince(at, theMinute.get()),
    () => null,
  )
  if (minutes === null) return null
  if (minutes === 0) return <span className={className}>{t('justNow')}</span>
  const now = new Date(Date.parse(at) + minutes * minuteMs)
  return <span className={className}>{format.relativeTime(new Date(at), { now, style: 'short', unit: minutes < 60 ? 'minute' : 'hour' })}</span>
}

/** The time as it goes on, in ms since 1970; `readAt` on the page as the server made it. */
export function useNow(readAt: number): number {
  return useSyncExternalStore(theMinute.subscribe, theMinute.get, () => readAt)
}

function minutesSince(at: string, now: number): number | null {
  const since = now - Date.parse(at)
  if (since >= dayMs || since < -minuteMs) return null
  const minutes = Math.max(Math.floor(since / minuteMs), 0)
  // By the hour nothing else is said in between.
  return minutes < 60 ? minutes : Math.floor(minutes / 60) * 60
}

/** The time that pages tell "ago" by, in ms since 1970; runs while anybody looks at it. */
const theMinute: Pick<Observed<number>, 'get' | 'subscribe'> = ticking(15_000)

function ticking(everyMs: number) {
  const now = observed(Date.now())
  const tick = () => {
    if (document.visibilityState === 'visible') now.set(Date.now())
  }
  let watchers = 0
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    get: now.get,
    subscribe(listener: () => void) {
      const stop = now.subscribe(listener)
      watchers += 1
      if (watchers === 1) {
        now.set(Date.now())
        timer = setInterval(tick, everyMs)
        document.addEventListener('visibilitychange', tick)
      }
      return () => {
        stop()
        watchers -= 1
        if (watchers > 0) return
        clearInterval(timer)
        document.removeEventListener('visibilitychange', tick)
      }
    },
  }
}
