'use client'

import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { type Answered, isProblem } from '../desk-api.client.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { useWriting } from '../use-writing.client.ts'

type Props<Answer> = {
  text: string
  action: string
  look?: 'main' | 'danger'
  send: (password: string) => Promise<Answered<Answer>>
  onDone: (answer: Answer) => void
}

/** Asks for the password again, before something that a borrowed browser must not do. */
export function AskPassword<Answer>({ text, action, look = 'main', send, onDone }: Props<Answer>) {
  const t = useTranslations('people')
  const { isSending, failure, run } = useWriting()
  const isWrong = failure !== null && isProblem(failure, 'wrong-password')
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('current'))
    const answered = await run(() => send(password))
    if (answered?.kind === 'done') onDone(answered.answer)
  }
  return (
    <form method="post" className={form.form} onSubmit={onSubmit}>
      <p>{text}</p>
      <Field label={t('account.currentPassword')} error={isWrong ? t('account.wrongPassword') : null}>
        {(control) => <input {...control} type="password" name="current" autoComplete="current-password" required maxLength={128} />}
      </Field>
      {!isWrong && <FailureNotice failure={failure} unreachable={t('accept.unreachable')} />}
      <div className={form.buttons}>
        <Button type="submit" look={look} isBusy={isSending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
