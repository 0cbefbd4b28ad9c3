'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { ConnectionMark } from '#components/ui/connection-mark.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { Connection, Snapshot } from '#lib/live/follow.ts'
import { useWhoIsHere } from './colleagues.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import styles from './live-bar.module.css'
import { useNews } from './use-news.client.ts'

type Props = { snapshot: Snapshot; isFollowed: boolean; toldHead: number }

/** Whether what colleagues write arrives by itself, and how many are reading. */
export function LiveBar({ snapshot: { view, connection, readers }, isFollowed, toldHead }: Props) {
  const t = useTranslations('desk.live')
  const signIn = useTranslations('desk.signIn')
  const { story, isSignedOut, askToSignIn } = useDesk()
  useNews(view.head, toldHead)
  const here = useWhoIsHere()
  const words = useWords()
  const isLive = isFollowed && connection.kind === 'live'
  return (
    <section className={styles.bar} aria-label={t('label')}>
      <ConnectionMark isLive={isLive} isAnnounced>
        {isFollowed ? words(connection) : t('unfollowed')}
      </ConnectionMark>
      {isLive && readers !== null && <p>{t('readers', { count: readers })}</p>}
      {here.length > 0 && <p>{t('here', { names: new Intl.ListFormat('en').format(here) })}</p>}
      {isSignedOut && (
        <p className={styles.signedOut} role="alert">
          {signIn('signedOut')}{' '}
          <Button look="quiet" onClick={() => void askToSignIn()}>
            {signIn('now')}
          </Button>
        </p>
      )}
      <p className={styles.zone}>{t('zone', { zone: story.timeZone.replaceAll('_', ' ') })}</p>
    </section>
  )
}

function useWords(): (connection: Connection) => string {
  const t = useTranslations('desk.live')
  const say = useMoment()
  return (connection) => {
    if (connection.kind === 'catching-up') return t('catchingUp')
    // An editor's own trouble is told in the editor's own time.
    if (connection.kind === 'offline') return t('offline', { time: say(connection.since, 'time', Intl.DateTimeFormat().resolvedOptions().timeZone) })
    return t(connection.kind)
  }
}
