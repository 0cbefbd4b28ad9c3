'use client'

import { useId, useState } from 'react'
import { useMoment } from '#components/ui/moment.tsx'
import { bucketStart } from '#lib/story/count-pace.ts'
import type { Pace } from '#lib/story/pace.ts'
import styles from './moment-slider.module.css'

const minuteMs = 60_000

/** The chart's own units: as wide as it is long in time, and as high. */
const [width, height] = [1000, 24]

type Props = {
  label: string
  /** What its form sends it as. */
  name: string
  at: string
  /** From when on, and until when, there is something to choose. */
  from: string
  to: string
  /** When updates were published, to be drawn along it. */
  pace?: Pace
}

/** Chooses a moment on a slider, a minute a step; its form sends it in ms since 1970. */
export function MomentSlider({ label, name, at, from, to, pace }: Props) {
  const say = useMoment()
  const id = useId()
  const first = Date.parse(from)
  // As many steps as it takes to come to the last change or past it.
  const last = first + Math.ceil((Date.parse(to) - first) / minuteMs) * minuteMs
  const [chosen, choose] = useState(Math.min(Math.max(Date.parse(at), first), last))
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <div className={styles.slider}>
        {pace && <Bars pace={pace} first={first} last={last} chosen={chosen} />}
        <input
          id={id}
          type="range"
          name={name}
          min={first}
          max={last}
          step={minuteMs}
          value={chosen}
          aria-valuetext={say(chosen, 'day-and-time')}
          onChange={(event) => choose(Number(event.target.value))}
        />
      </div>
      <output htmlFor={id} suppressHydrationWarning>
        {say(chosen, 'day-and-time')}
      </output>
    </>
  )
}

type BarsProps = { pace: Pace; first: number; last: number; chosen: number }

/** How many updates were published when, each at its place along the slider: what was there at the chosen moment, and what came later. */
function Bars({ pace, first, last, chosen }: BarsProps) {
  const most = Math.max(...pace.counts, 1)
  const placeOf = (time: number) => (Math.min(Math.max((time - first) / (last - first), 0), 1) * width).toFixed(1)
  const barsOf = (isShown: (start: number) => boolean) =>
    pace.counts
      .map((count, index) => {
        const [start, end] = [bucketStart(pace, index), bucketStart(pace, index + 1)]
        if (count === 0 || !isShown(start)) return ''
        const high = Math.max((count / most) * height, 2).toFixed(1)
        return `M${placeOf(start)} ${height}V${height - Number(high)}H${placeOf(start + (end - start) * 0.8)}V${height}z`
      })
      .join('')
  return (
    <svg aria-hidden className={styles.bars} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
      <path d={barsOf((start) => start <= chosen)} />
      <path className={styles.later} d={barsOf((start) => start > chosen)} />
    </svg>
  )
}
