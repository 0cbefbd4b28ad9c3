'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Moment, useMoment } from '#components/ui/moment.tsx'
import { bucketStart } from '#lib/story/count-pace.ts'
import type { Pace } from '#lib/story/pace.ts'
import type { UpdateLine } from '#lib/story/update-line.ts'
import styles from './pace-chart.module.css'
import { storyAddress, type Way } from './story-address.ts'

type Props = { slug: string; way: Way; pace: Pace; keyEvents: readonly UpdateLine[]; readingAt: string | null }

/** The height of the chart in its own units; a bar is one wide. */
const height = 40
const markHeight = 4

/** How many updates were published when, key events marked. A bar is a link to its time; where the reader is, is marked too. */
export function PaceChart({ slug, way, pace, keyEvents, readingAt }: Props) {
  const t = useTranslations('story.pace')
  const say = useMoment()
  const bars = useRef<SVGSVGElement>(null)
  const { counts } = pace
  const [chosen, choose] = useState(counts.length - 1)
  // A story of a single moment has no pace yet.
  if (counts.length < 2) return null
  const most = Math.max(...counts)
  const startOf = (index: number) => new Date(bucketStart(pace, index)).toISOString()
  const bucketOf = (at: string) => Math.floor((Date.parse(at) - bucketStart(pace, 0)) / (pace.minutes * 60_000))
  const withKey = new Set(keyEvents.map(({ publishedAt }) => bucketOf(publishedAt)))
  const reading = readingAt === null ? null : bucketOf(readingAt)
  // In a story of days a time alone says too little.
  const form = counts.length * pace.minutes > 20 * 60 ? 'day-and-time' : 'time'
  const label = (index: number, count: number) => {
    const bar = t('bar', { from: say(startOf(index), form), to: say(startOf(index + 1), form), count })
    return withKey.has(index) ? t('key', { bar }) : bar
  }
  const stop = counts[chosen] ? chosen : counts.findLastIndex((count) => count > 0)

  const onKeyDown = (event: KeyboardEvent) => {
    const isRightToLeft = bars.current !== null && getComputedStyle(bars.current).direction === 'rtl'
    const step = { ArrowRight: isRightToLeft ? -1 : 1, ArrowLeft: isRightToLeft ? 1 : -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    let next = stop + step
    while (counts[next] === 0) next += step
    if (counts[next] === undefined) return
    choose(next)
    bars.current?.querySelector<SVGAElement>(`[data-bar="${next}"]`)?.focus()
  }

  return (
    <figure className={styles.pace}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; this is a set of links that are walked through with the arrow keys. */}
      <svg
        ref={bars}
        role="group"
        aria-label={t('label')}
        className={styles.bars}
        viewBox={`0 0 ${counts.length} ${height + markHeight}`}
        preserveAspectRatio="none"
        onKeyDown={onKeyDown}
      >
        {counts.map((count, index) =>
          count === 0 ? null : (
            <a
              key={startOf(index)}
              href={storyAddress(slug, way, { at: startOf(index) })}
              aria-label={label(index, count)}
              tabIndex={index === stop ? 0 : -1}
              data-bar={index}
              data-reading={index === reading || undefined}
              className={styles.bar}
              onFocus={() => choose(index)}
            >
              <title>{label(index, count)}</title>
              <rect className={styles.target} x={index} y={0} width={1} height={height + markHeight} />
              <rect className={styles.count} x={index + 0.1} y={height - barHeight(count, most)} width={0.8} height={barHeight(count, most)} />
              {withKey.has(index) && <rect className={styles.key} x={index + 0.1} y={height + 1} width={0.8} height={markHeight - 1} />}
            </a>
          ),
        )}
      </svg>
      <figcaption className={styles.ends}>
        <Moment at={startOf(0)} form={form} />
        <Moment at={startOf(counts.length)} form={form} />
      </figcaption>
    </figure>
  )
}

/** One update is to be seen beside an hour of a hundred. */
function barHeight(count: number, most: number): number {
  return Math.round(Math.max((count / most) * height, 3) * 10) / 10
}
