'use client'

import { useCallback, useMemo } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { cursorAt, type Side } from '#lib/story/fold.ts'
import { claimsByUpdate } from '#lib/story/known.ts'
import { shownUpdates, waitingUpdates } from '#lib/story/reading.ts'
import type { View } from '#lib/story/view.ts'
import { Announcer } from './announcer.client.tsx'
import { Awake } from './awake.client.tsx'
import { CatchUp } from './catch-up.client.tsx'
import { CorrectedReading } from './corrected-reading.client.tsx'
import { KeepView } from './keep-view.client.tsx'
import { KeyEventsRail } from './key-events-rail.client.tsx'
import { Keys } from './keys.client.tsx'
import { LiveBar } from './live-bar.client.tsx'
import styles from './live-story.module.css'
import { MoreUpdates } from './more-updates.client.tsx'
import { NewUpdates, StoryTitle } from './new-updates.client.tsx'
import { PaceChart } from './pace-chart.client.tsx'
import { PinnedUpdate } from './pinned-update.tsx'
import { ReadingWays } from './reading-ways.tsx'
import { correctionAddress, momentAddress, type Order, storyAddress, type Way, wholeStoryAddress } from './story-address.ts'
import { StoryHeader } from './story-header.tsx'
import { Timeline } from './timeline.tsx'
import { goToUpdate, useReader } from './use-reader.client.ts'
import { useReadingPosition } from './use-reading-position.client.ts'
import { WhatWeKnow } from './what-we-know.tsx'
import { InZone } from './zone.client.tsx'

type Props = {
  initial: View
  /** When the server made it, in ms since 1970. */
  readAt: number
  order: Order
  /** The id of the update that the page was asked for by its time. */
  spot: string | null
}

/** A story that keeps itself up to date: rendered by the server as it was then, and by every event as it is now. */
export function LiveStory(props: Props) {
  return (
    <InZone storyZone={props.initial.story.timeZone}>
      <FollowedStory {...props} />
    </InZone>
  )
}

function FollowedStory({ initial, readAt, order, spot }: Props) {
  const t = useTranslations('story')
  const { snapshot, reader, follower, root, liveEnd } = useReader(initial, readAt, order)
  const readingId = useReadingPosition()
  const { view, reading, connection } = snapshot
  const { story, pinned, show } = view
  const way: Way = useMemo(() => ({ order, show }), [order, show])
  const claims = useMemo(() => claimsByUpdate(view.claims), [view.claims])
  const shown = shownUpdates(view, reading)
  const waiting = waitingUpdates(view, reading)
  const inOrder = order === 'newest' ? shown : shown.toReversed()
  const read = shown.find(({ id }) => id === readingId)

  const goNewest = useCallback(() => {
    flushSync(reader.show)
    const { updates, newer } = reader.getSnapshot().view
    const [newest] = updates
    if (newer !== null || !newest || !goToUpdate(newest.id)) window.location.assign(storyAddress(story.slug))
  }, [reader, story.slug])

  const more = (side: Side) => {
    const cursor = cursorAt(view, side)
    const isAtEnd = (side === 'older') === (order === 'newest')
    const address = storyAddress(story.slug, way, side === 'older' ? { before: cursor ?? '' } : { after: cursor ?? '' })
    return cursor !== null && <MoreUpdates side={side} address={address} load={follower.load} isEager={isAtEnd} />
  }

  return (
    <div ref={root} className={styles.story} data-awake="false">
      <StoryTitle headline={story.headline} waiting={waiting.length} />
      <StoryHeader story={story} pace={view.pace} corrections={view.corrections.count} />
      <LiveBar snapshot={snapshot} follower={follower} />
      <div className={styles.columns}>
        <div className={styles.beside}>
          <WhatWeKnow view={view} />
          <KeyEventsRail slug={story.slug} way={way} keyEvents={view.keyEvents} readingSeq={read?.seq ?? null} updates={shown} />
        </div>
        <div className={styles.main}>
          <PaceChart slug={story.slug} way={way} pace={view.pace} keyEvents={view.keyEvents} readingAt={read?.publishedAt ?? null} />
          <ReadingWays slug={story.slug} way={way} />
          {pinned && <PinnedUpdate slug={story.slug} language={story.language} update={pinned} claims={claims} />}
          <NewUpdates view={view} way={way} waiting={waiting} reader={reader} />
          {more(order === 'newest' ? 'newer' : 'older')}
          {shown.length === 0 && <p className={styles.none}>{nothing()}</p>}
          <Timeline
            slug={story.slug}
            language={story.language}
            updates={inOrder}
            claims={claims}
            order={order}
            label={t('timeline')}
            openedAt={initial.head}
            left={reading.left}
            spot={spot}
            liveEnd={liveEnd}
          />
          {more(order === 'newest' ? 'older' : 'newer')}
          <footer className={styles.foot}>
            {order === 'newest' && view.next === null && shown.length > 0 && <p>{t('beginning')}</p>}
            <a href={wholeStoryAddress(story.slug)}>{t('ways.print')}</a>
            <a href={correctionAddress(story.slug)}>{t('ways.corrections')}</a>
            <a href={momentAddress(story.slug)} rel="nofollow">
              {t('ways.asOf')}
            </a>
            <a href={`/stories/${story.slug}/replay`} rel="nofollow">
              {t('ways.replay')}
            </a>
            <Keys goNewest={goNewest} />
          </footer>
        </div>
      </div>
      <div className={styles.cards}>
        <CatchUp slug={story.slug} way={way} reader={reader} />
        <CorrectedReading view={view} />
      </div>
      <KeepView follower={follower} view={view} />
      <Awake root={root} />
      <Announcer view={view} connection={connection} />
    </div>
  )

  function nothing() {
    if (show === 'key') return t('noKeyEvents')
    return t(story.status === 'closed' ? 'noUpdatesClosed' : 'noUpdates')
  }
}
