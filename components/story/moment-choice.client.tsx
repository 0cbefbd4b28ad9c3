'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { MomentSlider } from './moment-slider.client.tsx'
import { momentAddress } from './story-address.ts'
import styles from './story-as-of.module.css'

/** Leads to a moment of a story that is chosen on a slider, from where it begins to where it was changed last. */
export function MomentChoice({ slug, at, from, to }: { slug: string; at: string; from: string; to: string }) {
  const t = useTranslations('asOf')
  return (
    <form className={styles.choice} action={momentAddress(slug)}>
      <MomentSlider label={t('moment')} name="to" at={at} from={from} to={to} />
      <Button type="submit">{t('show')}</Button>
    </form>
  )
}
