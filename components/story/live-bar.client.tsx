'use client'

import { Pause, Play } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { ConnectionMark } from '#components/ui/connection-mark.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { preference, usePreference } from '#components/ui/preference.client.ts'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import type { Connection, Follower, Snapshot } from '#lib/live/follow.ts'
import styles from './live-bar.module.css'
import { ZoneSwitch } from './zone.client.tsx'

/** How the page stands to the story: live, catching up, offline since when, off, closed. Always there, in plain words. */
export function LiveBar({ snapshot, follower }: { snapshot: Snapshot; follower: Follower }) {
  const { view, connection, readers } = snapshot
  const t = useTranslations('story')
  const words = useConnectionWords()
  const isHydrated = useHydrated()
  const isClosed = view.story.status === 'closed'
  const isLive = !isClosed && connection.kind === 'live'
  return (
    <section className={styles.bar} aria-label={t('connection.label')}>
      <ConnectionMark isLive={isLive}>{isClosed ? t('connection.closed') : words(connection)}</ConnectionMark>
      {isLive && readers !== null && <p className={styles.readers}>{t('readers', { count: readers })}</p>}
      <ZoneSwitch storyZone={view.story.timeZone} />
      {isHydrated && !isClosed && <LiveSwitch follower={follower} />}
    </section>
  )
}

const liveChoice = preference('live', ['on', 'off'])

/** Nothing on the page changes by itself while it is off; that is remembered. */
function LiveSwitch({ follower }: { follower: Follower }) {
  const t = useTranslations('story')
  const isOn = usePreference(liveChoice, 'on') === 'on'
  useEffect(() => follower.setLive(isOn), [follower, isOn])
  return (
    <button type="button" role="switch" aria-checked={isOn} className={styles.switch} onClick={() => liveChoice.set(isOn ? 'off' : 'on')}>
      {isOn ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
      <span>{t('liveSwitch')}</span>
    </button>
  )
}

export function useConnectionWords(): (connection: Connection) => string {
  const t = useTranslations('story.connection')
  const say = useMoment()
  return (connection) => {
    switch (connection.kind) {
      case 'catching-up':
        return t('catchingUp')
      case 'offline':
        // A reader's own trouble is told in the reader's own time.
        return t('offline', { time: say(connection.since, 'time', Intl.DateTimeFormat().resolvedOptions().timeZone) })
      case 'connecting':
      case 'live':
      case 'away':
      case 'paused':
      case 'gone':
        return t(connection.kind)
    }
  }
}
