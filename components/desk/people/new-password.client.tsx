'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import { PasswordField } from './password-field.client.tsx'
import { resetPassword } from './people-api.client.ts'

/** Where somebody with a link sets a new password. They sign in with it afterwards: a link alone lets nobody past a second factor. */
export function NewPassword({ token }: { token: string }) {
  const t = useTranslations('people')
  const [isDone, setIsDone] = useState(false)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const passwordError = useIssue(failure)('password', t('form.password'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    const answered = await run(() => resetPassword(token, password))
    if (answered?.kind === 'done') setIsDone(true)
  }
  if (isDone) {
    return (
      <div className={styles.form}>
        <p role="status">{t('reset.done')}</p>
        <div className={styles.buttons}>
          <LinkButton href="/admin/sign-in">{t('accept.toSignIn')}</LinkButton>
        </div>
      </div>
    )
  }
  return (
    <form method="post" className={styles.form} onSubmit={onSubmit}>
      <p className={styles.intro}>{t('reset.intro')}</p>
      <PasswordField label={t('form.password')} error={passwordError} />
      {!passwordError && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
      <div className={styles.buttons}>
        <Button type="submit" look="main" isBusy={isSending} disabled={!isHydrated}>
          {t(isSending ? 'reset.busy' : 'reset.submit')}
        </Button>
      </div>
    </form>
  )
}
