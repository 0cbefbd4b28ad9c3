import { useFormatter, useTranslations } from 'use-intl'
import type { Reached } from '#lib/story/reached.ts'
import styles from './reached-line.module.css'

/** How an update came to readers' screens, in a few words. */
export function ReachedLine({ reached: { readers, asked, confirmed, p50, p95 } }: { reached: Reached }) {
  const t = useTranslations('desk.reached')
  const format = useFormatter()
  // To a tenth of a second, and never sooner than it was.
  const seconds = (ms: number) => format.number(Math.ceil(ms / 100) / 10)
  const within = p50 !== null && p95 !== null && { half: seconds(p50), most: seconds(p95) }
  return (
    <p className={styles.reached}>
      {readers === 0 && <span>{t('nobody')}</span>}
      {asked > 0 && <span>{t(asked < readers ? 'ofSample' : 'ofAll', { confirmed: format.number(confirmed), asked })}</span>}
      {within && <span>{t(within.half === within.most ? 'mostWithin' : 'within', within)}</span>}
      {asked < readers && <span>{t('readers', { count: readers })}</span>}
    </p>
  )
}
