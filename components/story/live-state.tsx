import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { Connection, Snapshot } from '#lib/live/follow.ts'
import styles from './live-state.module.css'

/** How the page stands to the story: live, catching up, offline since when, closed. Always there, in plain words. */
export function LiveState({ snapshot }: { snapshot: Snapshot }) {
  const { view, connection, readers } = snapshot
  const t = useTranslations('story')
  const words = useWords()
  const isClosed = view.story.status === 'closed'
  const isLive = !isClosed && connection.kind === 'live'
  return (
    <div className={styles.state}>
      <p className={styles.connection} data-live={isLive || undefined} role="status">
        {isClosed ? t('status.closed') : words(connection)}
      </p>
      {isLive && readers !== null && <p className={styles.readers}>{t('readers', { count: readers })}</p>}
      <p className={styles.zone}>{t('timesIn', { zone: view.story.timeZone.replaceAll('_', ' ') })}</p>
    </div>
  )
}

function useWords(): (connection: Connection) => string {
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
      case 'gone':
        return t(connection.kind)
    }
  }
}
