'use client'

import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react'
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

/**
 * How many updates were published when, key events marked, and where the reader is. It is also the way to a time: a press on a
 * bar goes there; with the keyboard it is a slider, and Enter goes to where it stands. Drawn as a few paths, for a page has
 * better things to do than to bring a hundred bars to life.
 */
export const PaceChart = memo(function PaceChart({ slug, way, pace, keyEvents, readingAt }: Props) {
  const t = useTranslations('story.pace')
  const say = useMoment()
  const { counts } = pace
  const [chosen, choose] = useState<number | null>(null)
  // A story of a single moment has no pace yet.
  if (counts.length < 2) return null
  const most = Math.max(...counts)
  const startOf = (index: number) => new Date(bucketStart(pace, index)).toISOString()
  const bucketOf = (at: string) => Math.floor((Date.parse(at) - bucketStart(pace, 0)) / (pace.minutes * 60_000))
  const withKey = new Set(keyEvents.map(({ publishedAt }) => bucketOf(publishedAt)))
  const reading = readingAt === null ? null : bucketOf(readingAt)
  const at = chosen ?? reading ?? counts.length - 1
  // In a story of days a time alone says too little.
  const form = counts.length * pace.minutes > 20 * 60 ? 'day-and-time' : 'time'
  const bar = t('bar', { from: say(startOf(at), form), to: say(startOf(at + 1), form), count: counts[at] ?? 0 })
  const label = withKey.has(at) ? t('key', { bar }) : bar

  const go = (index: number) => window.location.assign(storyAddress(slug, way, { at: startOf(index) }))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const forward = isRightToLeft ? -1 : 1
    const steps = new Map([
      ['ArrowRight', forward],
      ['ArrowLeft', -forward],
      ['ArrowUp', 1],
      ['ArrowDown', -1],
    ])
    const next =
      event.key === 'Home' ? 0 : event.key === 'End' ? counts.length - 1 : steps.has(event.key) ? at + (steps.get(event.key) ?? 0) : undefined
    if (event.key === 'Enter') go(at)
    else if (next !== undefined) choose(Math.min(Math.max(next, 0), counts.length - 1))
    else return
    event.preventDefault()
  }
  const barUnder = (event: MouseEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const along = (event.clientX - left) / width
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    return Math.min(Math.max(Math.floor((isRightToLeft ? 1 - along : along) * counts.length), 0), counts.length - 1)
  }

  return (
    <figure className={styles.pace}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={t('label')}
        aria-valuemin={0}
        aria-valuemax={counts.length - 1}
        aria-valuenow={at}
        aria-valuetext={label}
        className={styles.chart}
        onKeyDown={onKeyDown}
        onBlur={() => choose(null)}
        onPointerMove={(event) => choose(barUnder(event))}
        onPointerLeave={() => choose(null)}
        onClick={(event) => go(barUnder(event))}
      >
        <svg aria-hidden className={styles.bars} viewBox={`0 0 ${counts.length} ${height + markHeight}`} preserveAspectRatio="none">
          <path className={styles.count} d={counts.map((count, index) => barPath(index, count, most)).join('')} />
          <path className={styles.at} d={barPath(at, counts[at] ?? 0, most)} />
          <path className={styles.key} d={[...withKey].map((index) => `M${index + 0.1} ${height + 1}h.8v${markHeight - 1}h-.8z`).join('')} />
        </svg>
      </div>
      <figcaption className={styles.ends}>
        <Moment at={startOf(0)} form={form} />
        {chosen !== null && <span className={styles.label}>{label}</span>}
        <Moment at={startOf(counts.length)} form={form} />
      </figcaption>
    </figure>
  )
})

/** One update is to be seen beside an hour of a hundred. */
function barPath(index: number, count: number, most: number): string {
  if (count === 0) return ''
  const high = Math.round(Math.max((count / most) * height, 3) * 10) / 10
  return `M${index + 0.1} ${height - high}h.8v${high}h-.8z`
}
