'use client'

import type { KeyboardEvent } from 'react'
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
  isBusy?: boolean
  failure?: Failure | null
  onConfirm: () => void
  onClose: () => void
}

/**
 * Asks before something that others will see, or that can't be undone. The press that has led here says nothing more: not while
 * the key is held down, and not if it is Ctrl+Enter once again.
 */
export function Confirm({ title, text, action, look = 'main', isBusy = false, failure = null, onConfirm, onClose }: Props) {
  const t = useTranslations('desk')
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it does nothing but keep its buttons from being pressed. */}
      <div className={styles.form} onKeyDown={ignoreSendKeys}>
        <p>{text}</p>
        <FailureNotice failure={failure} />
        <div className={styles.buttons}>
          <Button look={look} isBusy={isBusy} onClick={onConfirm}>
            {action}
          </Button>
          {/* Whoever presses on without reading does nothing. */}
          <Button autoFocus onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function ignoreSendKeys(event: KeyboardEvent) {
  if (event.key === 'Enter' && (event.repeat || event.ctrlKey || event.metaKey)) event.preventDefault()
}
