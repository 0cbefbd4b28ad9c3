'use client'

import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { Failure } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useKept } from './kept.client.ts'

type Props = { isBusy: boolean; failure: Failure | null; onConfirm: (closingSummary: string) => Promise<boolean>; onClose: () => void }

const summary = z.string()

/** Asks before a story is closed, and what came of it. What is typed is kept in the browser until then. */
export function CloseStory({ isBusy, failure, onConfirm, onClose }: Props) {
  const t = useTranslations('desk.story')
  const desk = useTranslations('desk')
  const { story, personId } = useDesk()
  const { value, keep } = useKept(`staytuned.closing.${personId}.${story.slug}`, summary)
  const close = async () => {
    if (await onConfirm(value ?? '')) keep(null)
  }
  return (
    <Dialog title={t('closeTitle')} closeLabel={desk('close')} onClose={onClose}>
      <div className={styles.form}>
        <p>{t('closeText')}</p>
        <Field label={t('closingSummary')} hint={t('closingSummaryHint')}>
          {(control) => (
            <textarea
              {...control}
              className={`${control.className} ${styles.standfirst}`}
              rows={4}
              maxLength={1000}
              lang={story.language}
              value={value ?? ''}
              onChange={(event) => keep(event.target.value)}
            />
          )}
        </Field>
        <FailureNotice failure={failure} onRetry={() => void close()} />
        <div className={styles.buttons}>
          <Button look="main" isBusy={isBusy} onClick={() => void close()}>
            {t('closeStory')}
          </Button>
          <Button onClick={onClose}>{desk('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
