'use client'

import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import { PasswordField } from './password-field.client.tsx'
import { acceptInvitation } from './people-api.client.ts'

type Props = { token: string; invitedBy: string; email: string; role: string; name: string }

/** Where somebody who was invited says their name and sets a password; then they are signed in. */
export function Join({ token, invitedBy, email, role, name }: Props) {
  const t = useTranslations('people')
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const issueAt = useIssue(failure)
  const nameError = issueAt('name', t('accept.yourName'))
  const passwordError = issueAt('password', t('form.password'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const answered = await run(() => acceptInvitation(token, String(typed.get('name')).trim(), String(typed.get('password'))))
    if (answered?.kind === 'done') window.location.assign('/admin')
  }
  return (
    <form method="post" className={styles.form} onSubmit={onSubmit}>
      <p className={styles.intro}>{t('accept.intro', { name: invitedBy, role, email })}</p>
      {/* For whatever keeps passwords: it asks for which name this one is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={t('accept.yourName')} hint={t('accept.nameHint')} error={nameError}>
        {(control) => <input {...control} name="name" required maxLength={80} autoComplete="name" defaultValue={name} />}
      </Field>
      <PasswordField label={t('form.password')} error={passwordError} />
      {!nameError && !passwordError && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
      <div className={styles.buttons}>
        <Button type="submit" look="main" isBusy={isSending} disabled={!isHydrated}>
          {t(isSending ? 'accept.busy' : 'accept.submit')}
        </Button>
      </div>
    </form>
  )
}
