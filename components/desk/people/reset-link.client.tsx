'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import type { ResetLink } from '#lib/people/invitation.ts'
import type { ListedPerson } from '#lib/people/listed-person.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useWriting } from '../use-writing.client.ts'
import { makeResetLink } from './people-api.client.ts'
import { ToldLink } from './told-link.client.tsx'

/** Makes a link by which somebody sets a new password, and tells it once. */
export function ResetLinkDialog({ person: { id, name, email }, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people.resetLink')
  const desk = useTranslations('desk')
  const [made, setMade] = useState<ResetLink | null>(null)
  const { isSending, failure, run } = useWriting()
  const make = async () => {
    const answered = await run(() => makeResetLink(id))
    if (answered?.kind === 'done') setMade(answered.answer)
  }
  return (
    <Dialog title={t('title', { name })} closeLabel={desk('close')} onClose={onClose}>
      {made ? (
        <ToldLink {...made} email={email} onClose={onClose} />
      ) : (
        <div className={styles.form}>
          <p>{t('text', { name })}</p>
          <FailureNotice failure={failure} onRetry={() => void make()} />
          <div className={styles.buttons}>
            <Button look="main" isBusy={isSending} onClick={() => void make()}>
              {t(isSending ? 'making' : 'make')}
            </Button>
            <Button onClick={onClose}>{desk('cancel')}</Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
