'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import type { ErasureStep } from '#lib/story/erasure.ts'
import { isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { lookForErased } from './erasure-api.client.ts'
import { ErasureProof } from './erasure-proof.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import form from './form.module.css'
import { TextField } from './text-field.client.tsx'
import { useIssue, useWriting } from './use-writing.client.ts'

/** Looks once more for words that were erased. They are typed, since they are kept nowhere; and so they aren't kept here either. */
export function LookForErased({ onClose }: { onClose: () => void }) {
  const t = useTranslations('desk.erase')
  const close = useTranslations('desk')('close')
  const { story, send } = useDesk()
  const [words, setWords] = useState('')
  const [steps, setSteps] = useState<readonly ErasureStep[]>([])
  const { isSending, failure, run } = useWriting()
  const errorAt = useIssue(failure)
  const look = () => {
    setSteps([])
    void run(() => send(() => lookForErased(story.slug, words, (step) => setSteps((told) => [...told, step]))))
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    look()
  }
  return (
    <Dialog title={t('look.title')} closeLabel={close} onClose={onClose}>
      <form className={form.form} onSubmit={onSubmit}>
        <TextField
          label={t('look.words')}
          hint={t('look.hint')}
          error={errorAt('words', t('look.words'))}
          value={words}
          onChange={setWords}
          longest={2000}
          rows={2}
          lang={story.language}
          isReadOnly={isSending}
        />
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={look} />}
        <div className={form.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {t(isSending ? 'looking' : 'look.submit')}
          </Button>
        </div>
      </form>
      {steps.length > 0 && <ErasureProof steps={steps} isOver={!isSending} />}
    </Dialog>
  )
}
