'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { isProblem } from '../desk-api.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { PasswordField } from '../people/password-field.client.tsx'
import { useIssue, useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { changePassword } from './account-api.client.ts'

/** Another password, for whoever knows the current one. */
export function ChangePassword({ email, onDone }: { email: string; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const [isDone, setIsDone] = useState(false)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const isWrong = failure !== null && isProblem(failure, 'wrong-password')
  const newError = useIssue(failure)('newPassword', t('account.newPassword'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const place = event.currentTarget
    const typed = new FormData(place)
    const change = { currentPassword: String(typed.get('current')), newPassword: String(typed.get('password')) }
    setIsDone(false)
    const answered = await run(() => changePassword(change))
    if (answered?.kind !== 'done') return
    place.reset()
    setIsDone(true)
    onDone(t('account.passwordChanged'))
  }
  return (
    <section className={styles.section} aria-label={t('form.password')}>
      <h2>{t('form.password')}</h2>
      <form method="post" className={form.form} onSubmit={onSubmit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field label={t('account.currentPassword')} error={isWrong ? t('account.wrongPassword') : null}>
          {(control) => <input {...control} type="password" name="current" autoComplete="current-password" required maxLength={128} />}
        </Field>
        <PasswordField label={t('account.newPassword')} error={newError} />
        {!isWrong && !newError && <FailureNotice failure={failure} unreachable={t('form.unreachable')} />}
        <div className={form.buttons}>
          <Button type="submit" isBusy={isSending} disabled={!isHydrated}>
            {t(isSending ? 'account.saving' : 'account.changePassword')}
          </Button>
          {isDone && <span>{t('account.passwordChanged')}</span>}
        </div>
      </form>
    </section>
  )
}
