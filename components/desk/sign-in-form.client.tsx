'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { isProblem, signIn } from './desk-api.client.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './form.module.css'
import { PasskeySignIn } from './passkey-sign-in.client.tsx'
import { SecondFactor } from './second-factor.client.tsx'
import { useWriting } from './use-writing.client.ts'

type Props = { intro: string; onSignedIn: () => void }

/** Signing in, on a page of its own or in a window above what was being written. */
export function SignInForm({ intro, onSignedIn }: Props) {
  const t = useTranslations('desk.signIn')
  const [needsCode, setNeedsCode] = useState(false)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const answered = await run(() => signIn(String(typed.get('email')).trim(), String(typed.get('password'))))
    if (answered?.kind !== 'done') return
    if (answered.answer.twoFactorRedirect) setNeedsCode(true)
    else onSignedIn()
  }

  if (needsCode) return <SecondFactor onSignedIn={onSignedIn} onStartOver={() => setNeedsCode(false)} />
  return (
    <div className={styles.form}>
      {/* Were it sent before the script runs, the password must not become part of an address. */}
      <form method="post" className={styles.form} onSubmit={onSubmit}>
        <p className={styles.intro}>{intro}</p>
        <Field label={t('email')}>{(control) => <input {...control} type="email" name="email" autoComplete="username" required />}</Field>
        <Field label={t('password')}>
          {(control) => <input {...control} type="password" name="password" autoComplete="current-password" required />}
        </Field>
        {failure && isProblem(failure, 'sign-in-needed') ? (
          <Warning text={t('wrong')} />
        ) : failure && isProblem(failure, 'deactivated') ? (
          <Warning text={t('deactivated')} />
        ) : (
          <FailureNotice failure={failure} unreachable={t('unreachable')} />
        )}
        <div className={styles.buttons}>
          <Button type="submit" look="main" isBusy={isSending} disabled={!isHydrated}>
            {t(isSending ? 'busy' : 'submit')}
          </Button>
        </div>
      </form>
      <PasskeySignIn onSignedIn={onSignedIn} />
    </div>
  )
}
