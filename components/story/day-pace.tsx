import type { Pace } from '#lib/story/pace.ts'
import styles from './day-pace.module.css'

const hours = 24
const hourMs = 60 * 60_000
const height = 20

/** The last 24 hours of a story as bars, an hour each. `now` is in ms since 1970. */
export function DayPace({ pace, now, label }: { pace: Pace; now: number; label: string }) {
  const first = Math.floor(now / hourMs) - hours + 1
  const start = pace.start === null ? first : Date.parse(pace.start) / hourMs
  const counts = Array.from({ length: hours }, (_, hour) => pace.counts[first + hour - start] ?? 0)
  const most = Math.max(...counts, 1)
  return (
    <svg role="img" aria-label={label} className={styles.pace} viewBox={`0 0 ${hours} ${height}`} preserveAspectRatio="none">
      {counts.map((count, hour) => {
        const bar = count === 0 ? 0.75 : Math.max((count / most) * height, 3)
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is the hour that it stands for.
        return <rect key={hour} data-empty={count === 0 || undefined} x={hour + 0.1} y={height - bar} width={0.8} height={bar} />
      })}
    </svg>
  )
}
