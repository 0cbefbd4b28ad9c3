'use client'

import { useSyncExternalStore } from 'react'

type TimeZones = { readonly own: string; readonly all: readonly string[] }

const onServer: TimeZones = { own: 'UTC', all: [] }
let inBrowser: TimeZones | undefined

/** The browser's time zone and all that it knows; UTC and none in the page as the server makes it, which knows no browser. */
export function useTimeZones(): TimeZones {
  return useSyncExternalStore(subscribe, readTimeZones, () => onServer)
}

function readTimeZones(): TimeZones {
  inBrowser ??= { own: Intl.DateTimeFormat().resolvedOptions().timeZone, all: ['UTC', ...Intl.supportedValuesOf('timeZone')] }
  return inBrowser
}

function subscribe(): () => void {
  return () => {}
}
