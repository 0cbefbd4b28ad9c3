'use client'

import type { FormEvent } from 'react'
import { encode } from 'uqr'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { isProblem } from '../desk-api.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { confirmTwoFactor } from './account-api.client.ts'

/** What an app that makes codes is given, by camera or by hand, and the first code, which shows that it has it. */
export function SetUpTwoFactor({ totpURI, onConfirmed }: { totpURI: string; onConfirmed: () => void }) {
  const t = useTranslations('people')
  const { isSending, failure, run } = useWriting()
  const isWrong = failure !== null && isProblem(failure, 'wrong-code')
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).replaceAll(' ', '')
    const answered = await run(() => confirmTwoFactor(code))
    if (answered?.kind === 'done') onConfirmed()
  }
  return (
    <form method="post" className={form.form} onSubmit={onSubmit}>
      <p>{t('twoFactor.scan')}</p>
      <QrCode text={totpURI} label={t('twoFactor.qrCode')} />
      <p>
        {t('twoFactor.byHand')} <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <Field label={t('twoFactor.code')} hint={t('twoFactor.codeHint')} error={isWrong ? t('twoFactor.wrongCode') : null}>
        {(control) => <input {...control} name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={10} />}
      </Field>
      {!isWrong && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
      <div className={form.buttons}>
        <Button type="submit" look="main" isBusy={isSending}>
          {t('twoFactor.confirm')}
        </Button>
      </div>
    </form>
  )
}

/** Drawn here: what is in it is a secret, and goes to nobody who draws such for others. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 4 })
  const path = data.flatMap((cells, y) => cells.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <svg role="img" aria-label={label} className={styles.qrCode} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} className={styles.qrPaper} />
      <path d={path} className={styles.qrInk} />
    </svg>
  )
}
