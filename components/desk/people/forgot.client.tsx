'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import { askForReset } from './people-api.client.ts'

/** Asks for a letter with a link to set a new password. */
export function Forgot() {
  const t = useTranslations('people')
  const [isSent, setIsSent] = useState(false)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const emailError = useIssue(failure)('email', t('form.email'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    const answered = await run(() => askForReset(email))
    if (answered?.kind === 'done') setIsSent(true)
  }
  if (isSent) return <p role="status">{t('forgot.sent')}</p>
  return (
    <form method="post" className={styles.form} onSubmit={onSubmit}>
      <p className={styles.intro}>{t('forgot.intro')}</p>
      <Field label={t('form.email')} error={emailError}>
        {(control) => <input {...control} type="email" name="email" autoComplete="username" required />}
      </Field>
      {!emailError && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
      <div className={styles.buttons}>
        <Button type="submit" look="main" isBusy={isSending} disabled={!isHydrated}>
          {t(isSending ? 'forgot.busy' : 'forgot.submit')}
        </Button>
      </div>
    </form>
  )
}
