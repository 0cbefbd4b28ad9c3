'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { type Answered, isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useKept } from './kept.client.ts'
import { useIssue, useWriting } from './use-writing.client.ts'

type Props = {
  words: { title: string; text: string; label: string; hint: string; missing: string; submit: string; busy: string; done: string }
  look: 'main' | 'danger'
  /** The field that the server knows it by. */
  field: string
  /** Under which name what is typed is kept in the browser until it is sent. */
  keptAs: string
  write: (notice: string) => Promise<Answered<unknown>>
  onClose: () => void
}

const keptNotice = z.string()

/** Asks for a sentence that goes with what is done. */
export function NoticeDialog({ words, look, field, keptAs, write, onClose }: Props) {
  const t = useTranslations('desk')
  const { send, announce, refresh } = useDesk()
  const { value, keep } = useKept(keptAs, keptNotice)
  const { isSending, failure, run } = useWriting()
  const [isMissing, setIsMissing] = useState(false)
  const notice = value ?? ''
  const errorAt = useIssue(failure)

  const submit = async () => {
    setIsMissing(notice.trim() === '')
    if (notice.trim() === '') return
    const answered = await run(() => send(() => write(notice)))
    if (answered?.kind !== 'done') return
    keep(null)
    announce(words.done)
    refresh()
    onClose()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }

  return (
    <Dialog title={words.title} closeLabel={t('close')} onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit}>
        <p>{words.text}</p>
        <Field label={words.label} hint={words.hint} error={isMissing ? words.missing : errorAt(field, words.label)}>
          {(control) => (
            <textarea
              {...control}
              rows={3}
              maxLength={500}
              readOnly={isSending}
              value={notice}
              onChange={(event) => {
                setIsMissing(false)
                keep(event.target.value)
              }}
            />
          )}
        </Field>
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={() => void submit()} />}
        <div className={styles.buttons}>
          <Button type="submit" look={look} isBusy={isSending}>
            {isSending ? words.busy : words.submit}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
