'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { surroundings } from '#components/ui/use-follower.client.ts'
import { createAnnouncer } from '#lib/live/announce.ts'
import type { Connection } from '#lib/live/follow.ts'
import { observed } from '#lib/live/observed.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { View } from '#lib/story/view.ts'
import { useConnectionWords } from './live-bar.client.tsx'

/** Something that a reader did and that only the eye would see. */
export const said = observed('')

/** The one place that a screen reader is told from: that something came, now and then, what is breaking, at once, and when the page is no longer live. */
export function Announcer({ view, connection }: { view: View; connection: Connection }) {
  const t = useTranslations('story')
  const words = useConnectionWords()
  const [announcer] = useState(() => createAnnouncer(surroundings, view))
  useEffect(() => announcer.hear(view), [announcer, view])
  useEffect(() => announcer.stop, [announcer])
  const { breaking, updates, number } = useSyncExternalStore(announcer.subscribe, announcer.get, announcer.get)
  const answer = useSyncExternalStore(said.subscribe, said.get, () => '')
  const isTroubled = connection.kind === 'offline' || connection.kind === 'gone' || connection.kind === 'paused'
  const news = [breaking && t('breakingNews', { title: lineOf(breaking).text }), updates > 0 && t('announced', { count: updates })].filter(Boolean)
  return (
    <p role="status" className="visually-hidden">
      {isTroubled ? words(connection) : <span key={number}>{news.join('. ')}</span>}
      {answer}
    </p>
  )
}
