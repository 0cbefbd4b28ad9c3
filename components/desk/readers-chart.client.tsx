'use client'

import { useFormatter, useTranslations } from 'use-intl'
import { Moment, useMoment } from '#components/ui/moment.tsx'
import type { Audience } from '#lib/story/reached.ts'
import styles from './readers-chart.module.css'

/** `readers` is how many there are now; null where that isn't known. */
type Props = { audience: Audience; readers: number | null }

/** The height of the chart in its own units; a minute is one wide. */
const height = 40

/** How many were reading, minute by minute until now, as a line; and in words. */
export function ReadersChart({ audience: { start, readers: counted }, readers }: Props) {
  const t = useTranslations('desk.audience')
  const format = useFormatter()
  const say = useMoment()
  const now = readers ?? counted.at(-1) ?? 0
  const line = [...counted, now]
  const most = Math.max(...line)
  const timeOf = (minute: number) => new Date(Date.parse(start ?? '') + minute * 60_000).toISOString()
  const summary = () =>
    t('summary', {
      start: say(timeOf(0), 'time'),
      now: format.number(now),
      most: format.number(most),
      time: say(timeOf(line.indexOf(most)), 'time'),
    })
  const yOf = (count: number) => Math.round((1 - count / Math.max(most, 1)) * height * 10) / 10
  return (
    <section className={styles.audience} aria-label={t('label')}>
      <h2 className={styles.heading}>{t('label')}</h2>
      {start === null ? (
        <p className={styles.words}>{t('none')}</p>
      ) : (
        <figure>
          <svg aria-hidden className={styles.chart} viewBox={`0 0 ${counted.length} ${height}`} preserveAspectRatio="none">
            <path className={styles.line} d={line.map((count, minute) => `${minute === 0 ? 'M' : 'L'}${minute} ${yOf(count)}`).join('')} />
            <path className={styles.now} d={`M${counted.length} ${yOf(now)}h0`} />
          </svg>
          <p className={styles.ends}>
            <Moment at={timeOf(0)} form="time" />
            <span>{t('now')}</span>
          </p>
          <figcaption className={styles.words} suppressHydrationWarning>
            {summary()}
          </figcaption>
        </figure>
      )}
    </section>
  )
}
