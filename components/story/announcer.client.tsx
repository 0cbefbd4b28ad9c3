'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { surroundings } from '#components/ui/use-follower.client.ts'
import { createAnnouncer } from '#lib/live/announce.ts'
import type { Connection } from '#lib/live/follow.ts'
import { observed } from '#lib/live/observed.ts'
import { publishedCount } from '#lib/story/count-pace.ts'
import type { View } from '#lib/story/view.ts'
import { useConnectionWords } from './live-bar.client.tsx'

/** Something that a reader did and that only the eye would see. */
export const said = observed('')

/** The one place that a screen reader is told from: that something came, now and then, and when the page is no longer live. */
export function Announcer({ view, connection }: { view: View; connection: Connection }) {
  const t = useTranslations('story')
  const words = useConnectionWords()
  const published = publishedCount(view.pace)
  const [announcer] = useState(() => createAnnouncer(surroundings, published))
  useEffect(() => announcer.count(published), [announcer, published])
  useEffect(() => announcer.stop, [announcer])
  const { updates, number } = useSyncExternalStore(announcer.subscribe, announcer.get, announcer.get)
  const answer = useSyncExternalStore(said.subscribe, said.get, () => '')
  const isTroubled = connection.kind === 'offline' || connection.kind === 'gone' || connection.kind === 'paused'
  return (
    <p role="status" className="visually-hidden">
      {isTroubled ? words(connection) : updates > 0 && <span key={number}>{t('announced', { count: updates })}</span>}
      {answer}
    </p>
  )
}
