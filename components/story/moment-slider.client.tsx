'use client'

import { useId, useState } from 'react'
import { useMoment } from '#components/ui/moment.tsx'

const minuteMs = 60_000

type Props = {
  label: string
  /** What its form sends it as. */
  name: string
  at: string
  /** From when on, and until when, there is something to choose. */
  from: string
  to: string
}

/** Chooses a moment on a slider, a minute a step; its form sends it in ms since 1970. */
export function MomentSlider({ label, name, at, from, to }: Props) {
  const say = useMoment()
  const id = useId()
  const first = Date.parse(from)
  // As many steps as it takes to come to the last change or past it.
  const last = first + Math.ceil((Date.parse(to) - first) / minuteMs) * minuteMs
  const [chosen, choose] = useState(Math.min(Math.max(Date.parse(at), first), last))
  return (
    <>
      <label htmlFor={id}>{label}</label>
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
      <output htmlFor={id} suppressHydrationWarning>
        {say(chosen, 'day-and-time')}
      </output>
    </>
  )
}
