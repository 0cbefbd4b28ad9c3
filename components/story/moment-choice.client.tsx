'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { momentAddress } from './story-address.ts'
import styles from './story-as-of.module.css'

const minuteMs = 60_000

/** Chooses a moment of a story on a slider from where it begins to where it was changed last, a minute a step. */
export function MomentChoice({ slug, at, from, to }: { slug: string; at: string; from: string; to: string }) {
  const t = useTranslations('asOf')
  const say = useMoment()
  const id = useId()
  const first = Date.parse(from)
  // As many steps as it takes to come to the last change or past it.
  const last = first + Math.ceil((Date.parse(to) - first) / minuteMs) * minuteMs
  const [chosen, choose] = useState(Math.min(Math.max(Date.parse(at), first), last))
  return (
    <form className={styles.choice} action={momentAddress(slug)}>
      <label htmlFor={id}>{t('moment')}</label>
      <input
        id={id}
        type="range"
        name="to"
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
      <Button type="submit">{t('show')}</Button>
    </form>
  )
}
