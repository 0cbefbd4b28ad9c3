'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { CheckField, Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { isProblem } from '../desk-api.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { PasswordField } from '../people/password-field.client.tsx'
import { useIssue, useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { changePassword } from './account-api.client.ts'

type Props = { email: string; hasPasskeys: boolean; onDone: (words: string) => void }

/** Another password, for whoever knows the current one. */
export function ChangePassword({ email, hasPasskeys, onDone }: Props) {
  const t = useTranslations('people')
  const [doneWords, setDoneWords] = useState<string | null>(null)
  const [removePasskeys, setRemovePasskeys] = useState(true)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const isWrong = failure !== null && isProblem(failure, 'wrong-password')
  const newError = useIssue(failure)('newPassword', t('account.newPassword'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const place = event.currentTarget
    const typed = new FormData(place)
    const change = { currentPassword: String(typed.get('current')), newPassword: String(typed.get('password')), removePasskeys }
    setDoneWords(null)
    const answered = await run(() => changePassword(change))
    if (answered?.kind !== 'done') return
    place.reset()
    setRemovePasskeys(true)
    const words = t(hasPasskeys && removePasskeys ? 'account.passwordChangedPasskeysRemoved' : 'account.passwordChanged')
    setDoneWords(words)
    onDone(words)
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
        {hasPasskeys && (
          <CheckField
            label={t('account.removePasskeys')}
            hint={t('account.removePasskeysHint')}
            isChecked={removePasskeys}
            onChange={setRemovePasskeys}
            isReadOnly={!isHydrated}
          />
        )}
        {!isWrong && !newError && <FailureNotice failure={failure} unreachable={t('form.unreachable')} />}
        <div className={form.buttons}>
          <Button type="submit" isBusy={isSending} disabled={!isHydrated}>
            {t(isSending ? 'account.saving' : 'account.changePassword')}
          </Button>
          {doneWords && <span>{doneWords}</span>}
        </div>
      </form>
    </section>
  )
}
