import { useTranslations } from 'use-intl'
import type { Standing } from '#lib/story/claim.ts'
import styles from './standing-mark.module.css'

/** How a claim stands, as a sign and a word: the sign alone would say nothing to whoever can't see it. */
export function StandingMark({ standing }: { standing: Standing }) {
  const t = useTranslations('known.standing')
  return (
    <strong className={styles.mark} data-standing={standing}>
      {t(standing)}
    </strong>
  )
}
