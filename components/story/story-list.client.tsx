'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Ago, useNow } from '#components/ui/ago.client.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { surroundings } from '#components/ui/use-follower.client.ts'
import { followStories } from '#lib/live/follow-stories.ts'
import { publishedCount } from '#lib/story/count-pace.ts'
import { directionOf } from '#lib/story/language.ts'
import { groupOf, type StoryGroup } from '#lib/story/list-stories.ts'
import type { ListedStory } from '#lib/story/story.ts'
import breaking from './breaking.module.css'
import { DayPace } from './day-pace.tsx'
import { storyAddress, updateAddress } from './story-address.ts'
import styles from './story-list.module.css'

const groups: readonly StoryGroup[] = ['developing', 'recent', 'closed']

/** Stories by headline, newest line and pace: what is developing now first. The list is live, as the stories are. */
export function StoryList({ initial, readAt }: { initial: readonly ListedStory[]; readAt: number }) {
  const t = useTranslations('stories')
  const [list] = useState(() => followStories(initial, surroundings))
  useEffect(() => list.start(), [list])
  const { stories, isLive } = useSyncExternalStore(list.subscribe, list.get, list.get)
  // What the server made is grouped by the server's time; each event that comes is newer than that.
  const now = Math.max(readAt, ...stories.map(({ updatedAt }) => Date.parse(updatedAt)))
  return (
    <>
      <p className={styles.live} data-live={isLive || undefined}>
        {isLive === false ? t('notLive') : t('live')}
      </p>
      {groups.map((group) => {
        const members = stories.filter((story) => groupOf(story, now) === group)
        const isFirst = group === 'developing'
        const Heading = isFirst ? 'h1' : 'h2'
        if (members.length === 0 && !isFirst) return null
        return (
          <section key={group} className={styles.section} data-group={group} aria-labelledby={group}>
            <Heading id={group} className={styles.label}>
              {t(group)}
            </Heading>
            {members.length > 0 ? <Stories stories={members} now={now} /> : <Nothing />}
          </section>
        )
      })}
    </>
  )
}

function Stories({ stories, now }: { stories: readonly ListedStory[]; now: number }) {
  return (
    <ul className={styles.list}>
      {stories.map((story) => (
        <li key={story.id}>
          <StoryItem story={story} now={now} />
        </li>
      ))}
    </ul>
  )
}

function StoryItem({ story, now }: { story: ListedStory; now: number }) {
  const t = useTranslations('stories')
  const say = useMoment()
  const { slug, pace } = story
  const written = { lang: story.language, dir: directionOf(story.language) }
  const lastHour = recentCount(story, now, 1)
  const lastDay = recentCount(story, now, 24)
  return (
    <article className={styles.story}>
      <h2 className={styles.headline}>
        <a href={storyAddress(slug)} {...written}>
          {story.headline}
        </a>
      </h2>
      <Line story={story} now={now} written={written} />
      <p className={styles.facts}>
        {story.status === 'paused' && <span>{t('paused')}</span>}
        <span suppressHydrationWarning>{t('updated', { time: say(story.updatedAt, 'time-and-zone', story.timeZone) })}</span>
        <Ago at={story.updatedAt} />
        {lastHour > 0 ? <span>{t('lastHour', { count: lastHour })}</span> : lastDay > 0 && <span>{t('lastDay', { count: lastDay })}</span>}
      </p>
      {lastDay > 0 && <DayPace pace={pace} now={now} label={t('paceLabel')} />}
    </article>
  )
}

/** What the story is told by besides its headline: how it ended, or what is newest in it, or what it is about. */
function Line({
  story: { slug, newest, closingSummary, standfirst },
  now,
  written,
}: {
  story: ListedStory
  now: number
  written: { lang: string; dir: 'ltr' | 'rtl' }
}) {
  const isNewest = newest !== null && closingSummary === ''
  const text = isNewest ? newest.text : closingSummary || standfirst
  if (text === '') return null
  return (
    <p className={styles.newest}>
      {isNewest && newest.breaking && <Breaking at={newest.publishedAt} now={now} />}
      {isNewest ? (
        <a href={updateAddress(slug, newest.id)} {...written}>
          {text}
        </a>
      ) : (
        <span {...written}>{text}</span>
      )}
    </p>
  )
}

/** For an hour. */
function Breaking({ at, now: readAt }: { at: string; now: number }) {
  const t = useTranslations('stories')
  const now = useNow(readAt)
  if (now - Date.parse(at) >= hourMs) return null
  return <strong className={breaking.label}>{t('breaking')}</strong>
}

/** How much was published in the last hours, the one that has just begun among them. */
function recentCount({ pace }: ListedStory, now: number, hours: number): number {
  if (pace.start === null) return 0
  const thisHour = Math.floor(now / hourMs)
  const first = Date.parse(pace.start) / hourMs
  return publishedCount({ ...pace, counts: pace.counts.filter((_, index) => first + index > thisHour - hours) })
}

const hourMs = 60 * 60_000

function Nothing() {
  const t = useTranslations('stories')
  return (
    <div className={styles.nothing}>
      <p>{t('nothingNow')}</p>
      <p>{t('nothingYet')}</p>
    </div>
  )
}
