'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Pace } from '#lib/story/pace.ts'
import { MomentSlider } from './moment-slider.client.tsx'
import { momentAddress } from './story-address.ts'
import styles from './story-as-of.module.css'

type Props = { slug: string; at: string; from: string; to: string; pace: Pace }

/** Leads to a moment of a story that is chosen by its pace, from where it begins to where it was changed last. */
export function MomentChoice({ slug, at, from, to, pace }: Props) {
  const t = useTranslations('asOf')
  return (
    <form className={styles.choice} action={momentAddress(slug)}>
      <MomentSlider label={t('moment')} name="to" at={at} from={from} to={to} pace={pace} />
      <Button type="submit">{t('show')}</Button>
    </form>
  )
}
