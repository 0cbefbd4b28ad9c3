'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { isProblem, sendCode } from './desk-api.client.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './form.module.css'
import { useWriting } from './use-writing.client.ts'

/** What is asked for after the password: a code from the app, or one that was kept for when there's none. */
export function SecondFactor({ onSignedIn, onStartOver }: { onSignedIn: () => void; onStartOver: () => void }) {
  const t = useTranslations('desk.signIn')
  const [kind, setKind] = useState<'app' | 'backup'>('app')
  const { isSending, failure, run, clear } = useWriting()
  const isWrong = failure !== null && isProblem(failure, 'wrong-code')
  const isApp = kind === 'app'

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(' ', '')
    const answered = await run(() => sendCode(kind, code))
    if (answered?.kind === 'done') onSignedIn()
  }
  const change = () => {
    clear()
    setKind(isApp ? 'backup' : 'app')
  }
  return (
    <form key={kind} method="post" className={styles.form} onSubmit={onSubmit}>
      <p className={styles.intro}>{t(isApp ? 'codeIntro' : 'backupIntro')}</p>
      <Field label={t(isApp ? 'code' : 'backupCode')} error={isWrong ? t(isApp ? 'wrongCode' : 'wrongBackup') : null}>
        {(control) => (
          <input
            {...control}
            // The step that was asked for is this field and nothing else.
            // biome-ignore lint/a11y/noAutofocus: see above.
            autoFocus
            name="code"
            inputMode={isApp ? 'numeric' : 'text'}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={30}
          />
        )}
      </Field>
      {failure && isProblem(failure, 'sign-in-needed') ? (
        <Warning text={t('codeOver')} />
      ) : (
        !isWrong && <FailureNotice failure={failure} unreachable={t('unreachable')} />
      )}
      <div className={styles.buttons}>
        <Button type="submit" look="main" isBusy={isSending}>
          {t(isSending ? 'busy' : 'verify')}
        </Button>
        <Button look="quiet" onClick={change}>
          {t(isApp ? 'useBackup' : 'useApp')}
        </Button>
        <Button look="quiet" onClick={onStartOver}>
          {t('startOver')}
        </Button>
      </div>
    </form>
  )
}
