'use client'

import type { FormEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { type Answered, type Failure, isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useIssue, useWriting } from './use-writing.client.ts'

type FieldsState = {
  readonly isSending: boolean
  /** What the server found wrong with a field, by the name that the field has on screen. */
  readonly errorAt: (path: string, field: string) => string | null
}

type Props = {
  words: { readonly title: string; readonly submit: string; readonly busy: string; readonly done: string }
  look?: 'main' | 'danger'
  /** Whether there is something to be sent; asked as it is submitted. */
  isReady?: () => boolean
  write: () => Promise<Answered<unknown>>
  /** Told why it wasn't done, before that is shown. */
  onFailure?: (failure: Failure) => void
  /** It was done; then the window closes. */
  onDone: () => void
  onClose: () => void
  children: (state: FieldsState) => ReactNode
}

/** A window with a form that is sent, and says what came of it. What is typed into it is its caller's to keep. */
export function FormDialog({ words, look = 'main', isReady = () => true, write, onFailure, onDone, onClose, children }: Props) {
  const t = useTranslations('desk')
  const { send, announce, refresh } = useDesk()
  const { isSending, failure, run } = useWriting()
  const errorAt = useIssue(failure)

  const submit = async () => {
    if (!isReady()) return
    const answered = await run(() => send(write))
    if (answered === null) return
    if (answered.kind !== 'done') return onFailure?.(answered)
    onDone()
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
        {children({ isSending, errorAt })}
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
