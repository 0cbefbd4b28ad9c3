import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { Update } from '#lib/story/update.ts'
import styles from './composer.module.css'
import { firstWords } from './entry-words.ts'
import { Warning } from './failure-notice.tsx'

type Props = { newest: readonly Update[]; as: 'draft' | 'published'; isSubmitter: boolean; isBusy: boolean; onSubmit: () => void }

/** The text was changed after it was sent and the answer got lost: the earlier one may be out. The editor looks, and decides. */
export function ReusedKey({ newest, as, isSubmitter, isBusy, onSubmit }: Props) {
  const t = useTranslations('desk.composer')
  const say = useMoment()
  return (
    <Warning text={t('reused')}>
      <div className={styles.reused}>
        <p>{t(newest.length > 0 ? 'reusedLook' : 'reusedNone')}</p>
        <ul className={styles.newest}>
          {newest.map((update) => (
            <li key={update.id}>
              <a href={`#${update.id}`}>
                {say(update.publishedAt, 'time')} {firstWords(update)}
              </a>
            </li>
          ))}
        </ul>
        <Button isBusy={isBusy} onClick={onSubmit}>
          {t(as === 'published' ? 'publishNew' : isSubmitter ? 'submitNew' : 'saveNew')}
        </Button>
      </div>
    </Warning>
  )
}
