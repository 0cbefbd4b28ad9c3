'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { Update } from '#lib/story/update.ts'
import { isProblem, withdrawUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useKept } from './kept.client.ts'
import { useIssue, useWriting } from './use-writing.client.ts'

type Props = { update: Update; describedBy: string }

/** Takes an update down for good, with a notice in its place. */
export function WithdrawButton({ update, describedBy }: Props) {
  const t = useTranslations('desk.timeline')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button look="quietDanger" aria-describedby={describedBy} onClick={() => setIsOpen(true)}>
        {t('withdraw')}
      </Button>
      {isOpen && <Withdraw update={update} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const keptNotice = z.string()

function Withdraw({ update, onClose }: { update: Update; onClose: () => void }) {
  const t = useTranslations('desk.withdraw')
  const words = useTranslations('desk')
  const { story, personId, send, announce, refresh } = useDesk()
  const { value, keep } = useKept(`staytuned.withdraw.${personId}.${update.id}`, keptNotice)
  const { isSending, failure, run } = useWriting()
  const [isMissing, setIsMissing] = useState(false)
  const notice = value ?? ''
  const errorAt = useIssue(failure)

  const withdraw = async () => {
    setIsMissing(notice.trim() === '')
    if (notice.trim() === '') return
    const answered = await run(() => send(() => withdrawUpdate(story.slug, update.id, notice)))
    if (answered?.kind !== 'done') return
    keep(null)
    announce(t('done'))
    refresh()
    onClose()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void withdraw()
  }

  return (
    <Dialog title={t('title')} closeLabel={words('close')} onClose={onClose}>
      <form className={styles.form} onSubmit={onSubmit}>
        <p>{t('text', { title: firstWords(update) || words('drafts.noWords') })}</p>
        <Field label={t('notice')} hint={t('noticeHint')} error={isMissing ? t('noticeMissing') : errorAt('notice', t('notice'))}>
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
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={() => void withdraw()} />}
        <div className={styles.buttons}>
          <Button type="submit" look="danger" isBusy={isSending}>
            {t(isSending ? 'busy' : 'submit')}
          </Button>
          <Button onClick={onClose}>{words('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
