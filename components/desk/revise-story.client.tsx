'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { isProblem, reviseStory } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import styles from './form.module.css'
import { useIssue, useWriting } from './use-writing.client.ts'

/** Changes the headline and the standfirst. What wasn't changed here isn't sent, so that it undoes nobody's change. */
export function ReviseStory({ onClose }: { onClose: () => void }) {
  const t = useTranslations('desk.story')
  const close = useTranslations('desk')('close')
  const { story, send, announce, refresh } = useDesk()
  const [before] = useState(story)
  const [headline, setHeadline] = useState(story.headline)
  const [standfirst, setStandfirst] = useState(story.standfirst)
  const { isSending, failure, run } = useWriting()
  const errorAt = useIssue(failure)

  const save = async () => {
    const changes = { ...(headline === before.headline ? {} : { headline }), ...(standfirst === before.standfirst ? {} : { standfirst }) }
    if (Object.keys(changes).length === 0) return onClose()
    const answered = await run(() => send(() => reviseStory(story.slug, changes)))
    if (answered?.kind !== 'done') return
    announce(t('revised'))
    refresh()
    onClose()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }

  return (
    <Dialog title={t('reviseTitle')} closeLabel={close} onClose={onClose} size="page">
      <form className={styles.form} onSubmit={onSubmit}>
        <Field label={t('headline')} error={errorAt('headline', t('headline'))}>
          {(control) => (
            <textarea
              {...control}
              className={`${control.className} ${styles.headline}`}
              rows={2}
              maxLength={200}
              required
              value={headline}
              onChange={(event) => setHeadline(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('standfirst')} error={errorAt('standfirst', t('standfirst'))}>
          {(control) => (
            <textarea
              {...control}
              className={`${control.className} ${styles.standfirst}`}
              rows={4}
              maxLength={600}
              value={standfirst}
              onChange={(event) => setStandfirst(event.target.value)}
            />
          )}
        </Field>
        {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={() => void save()} />}
        <div className={styles.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {t(isSending ? 'saving' : 'save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
