'use client'

import { Pause, Play } from 'lucide-react'
import Head from 'next/head'
import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { fetchLog } from '#lib/live/fetch-log.ts'
import { claimsByUpdate } from '#lib/story/known.ts'
import { directionOf } from '#lib/story/language.ts'
import { stepTime, type Tape, tapeOf } from '#lib/story/replay.ts'
import type { Story } from '#lib/story/story.ts'
import type { View } from '#lib/story/view.ts'
import { PinnedUpdate } from './pinned-update.tsx'
import { momentAddress, storyAddress } from './story-address.ts'
import asOf from './story-as-of.module.css'
import { StoryHeader } from './story-header.tsx'
import styles from './story-replay.module.css'
import { Timeline } from './timeline.tsx'
import { WhatWeKnow } from './what-we-know.tsx'
import { InZone } from './zone.client.tsx'

/** Plays a story back, as it came: all that open pages were told, an event after the other, at the speed that is chosen. */
export function StoryReplay({ story, opening }: { story: Story; opening: View | null }) {
  const t = useTranslations('replay')
  const [tape, setTape] = useState<Tape | 'loading' | 'failed'>('loading')
  const load = () => {
    setTape('loading')
    void fetchLog(story.slug).then((log) => setTape((log && tapeOf(log, opening)) ?? 'failed'))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears.
  useEffect(load, [])
  const title = `${t('title')}: ${story.headline}`
  return (
    <InZone storyZone={story.timeZone}>
      <div data-awake="false">
        <Head>
          <title key="title">{title}</title>
          <meta name="robots" content="noindex" />
        </Head>
        {typeof tape === 'object' ? (
          <Player tape={tape} />
        ) : (
          <div className={styles.wait}>
            <h1>{t('title')}</h1>
            <p lang={story.language} dir={directionOf(story.language)}>
              <a href={storyAddress(story.slug)}>{story.headline}</a>
            </p>
            <p role="status">{t(tape)}</p>
            {tape === 'failed' && <Button onClick={load}>{t('again')}</Button>}
            <noscript>
              <p>
                {t('noScript')} <a href={momentAddress(story.slug)}>{t('asOf')}</a>
              </p>
            </noscript>
          </div>
        )}
      </div>
    </InZone>
  )
}

/** So many times as fast as it was: a minute, ten minutes, an hour in a second. */
const speeds = [60, 600, 3600] as const

/** More of a timeline than this isn't drawn with each step. */
const mostDrawn = 30

function Player({ tape }: { tape: Tape }) {
  const t = useTranslations('replay')
  const words = useTranslations('story')
  const say = useMoment()
  const { log } = tape
  const [steps, setSteps] = useState(1)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>(speeds[1])
  const isOver = steps === log.length

  useEffect(() => {
    const wait = isPlaying ? stepTime(log, steps, speed) : null
    if (wait === null) return
    const timer = setTimeout(() => setSteps(steps + 1), wait)
    return () => clearTimeout(timer)
  }, [isPlaying, log, steps, speed])

  const view = tape.viewAfter(steps)
  const claims = useMemo(() => claimsByUpdate(view.claims), [view.claims])
  const { slug, language } = view.story
  const at = log[steps - 1]?.at ?? view.story.openedAt
  const play = () => {
    // At the end it begins anew.
    if (isOver) setSteps(1)
    setPlaying(isOver || !isPlaying)
  }
  return (
    <>
      <section className={styles.bar} aria-label={t('title')}>
        <Button look="main" onClick={play}>
          {isPlaying && !isOver ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
          {t(isPlaying && !isOver ? 'pause' : isOver ? 'anew' : 'play')}
        </Button>
        <input
          type="range"
          aria-label={t('place')}
          min={1}
          max={log.length}
          value={steps}
          aria-valuetext={say(at, 'day-and-time')}
          onChange={(event) => setSteps(Number(event.target.value))}
        />
        <strong className={styles.time}>{say(at, 'day-and-time')}</strong>
        <label className={styles.speed}>
          {t('speed')}
          <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {speeds.map((each) => (
              <option key={each} value={each}>
                {t(`speeds.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <nav className={asOf.ways} aria-label={t('ways')}>
          <a href={momentAddress(slug, at)}>{t('asOf')}</a>
          <a href={storyAddress(slug)}>{t('now')}</a>
        </nav>
      </section>
      <StoryHeader story={view.story} pace={view.pace} corrections={view.corrections.count} isNow={false} />
      <WhatWeKnow view={view} />
      {view.pinned && <PinnedUpdate slug={slug} language={language} update={view.pinned} claims={claims} />}
      <Timeline
        slug={slug}
        language={language}
        updates={view.updates.slice(0, mostDrawn)}
        claims={claims}
        order="newest"
        label={words('timeline')}
        openedAt={isPlaying ? steps - 1 : Number.POSITIVE_INFINITY}
      />
      {view.updates.length > mostDrawn && (
        <p className={asOf.more}>
          <a href={momentAddress(slug, at)}>{words('older')}</a>
        </p>
      )}
    </>
  )
}
