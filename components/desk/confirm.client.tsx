'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import type { Failure } from './desk-api.client.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'

type Props = {
  title: string
  text: string
  action: string
  look?: 'main' | 'danger'
  isBusy: boolean
  failure: Failure | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that others will see, or that can't be undone. */
export function Confirm({ title, text, action, look = 'main', isBusy, failure, onConfirm, onClose }: Props) {
  const t = useTranslations('desk')
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      <div className={styles.form}>
        <p>{text}</p>
        <FailureNotice failure={failure} />
        <div className={styles.buttons}>
          <Button look={look} isBusy={isBusy} onClick={onConfirm}>
            {action}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
