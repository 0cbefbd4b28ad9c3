'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { signOut } from './desk-api.client.ts'
import { useWriting } from './use-writing.client.ts'

export function SignOut() {
  const t = useTranslations('desk.header')
  const { isSending, failure, run } = useWriting()
  const onClick = async () => {
    const answered = await run(signOut)
    // A whole new page, so that nothing of the desk stays in memory.
    if (answered?.kind === 'done') window.location.assign('/admin/sign-in')
  }
  return (
    <>
      <Button look="quiet" isBusy={isSending} onClick={onClick}>
        {t('signOut')}
      </Button>
      {failure && <p role="alert">{t('signOutFailed')}</p>}
    </>
  )
}
