'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { isWritten } from '#lib/story/body.ts'
import { lacksAlt } from '#lib/story/body-pictures.ts'
import type { Update } from '#lib/story/update.ts'
import styles from './composer.module.css'
import { isProblem, publishUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { EntryFields } from './entry-fields.client.tsx'
import { type EntryText, emptyText, entryText, written } from './entry-text.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import form from './form.module.css'
import { useKept } from './kept.client.ts'
import { ReusedKey } from './reused-key.tsx'
import type { Focusable } from './rich-text.client.tsx'
import { Sent, type SentEntry } from './sent.tsx'
import { useIssue, useWriting } from './use-writing.client.ts'

/** What is being written, with the key by which it is written once, however often it has to be sent. */
const composed = entryText.extend({ idempotencyKey: z.string() })

type Status = 'draft' | 'published'

/** Where updates are written. Each keystroke is kept in the browser; only a success empties it. */
export function Composer({ newest }: { newest: readonly Update[] }) {
  const t = useTranslations('desk.composer')
  const failureWords = useTranslations('desk.failure')
  const { story, personId, can, send, refresh } = useDesk()
  const { value, keep, isSafe } = useKept(`staytuned.composer.${personId}.${story.slug}`, composed)
  const text: EntryText = value ?? emptyText
  const { isSending, failure, run, clear } = useWriting()
  const [status, setStatus] = useState<Status>('published')
  const [missing, setMissing] = useState<'empty' | 'altMissing' | null>(null)
  const [sent, setSent] = useState<SentEntry | null>(null)
  const bodyRef = useRef<Focusable>(null)
  const isReused = failure !== null && isProblem(failure, 'key-reused')
  const isInvalid = failure !== null && isProblem(failure, 'invalid')

  const onChange = (change: Partial<EntryText>) => {
    setMissing(null)
    setSent(null)
    keep({ ...text, ...change, idempotencyKey: value?.idempotencyKey ?? uuidv4() })
  }

  const submit = async (as: Status, idempotencyKey: string) => {
    const lacks = !isWritten(text.body) ? 'empty' : as === 'published' && lacksAlt(text.body) ? 'altMissing' : null
    if (lacks) {
      clear()
      setMissing(lacks)
      return bodyRef.current?.focus()
    }
    setStatus(as)
    const answered = await run(() => send(() => publishUpdate(story.slug, { ...written(text, story.timeZone), status: as }, idempotencyKey)))
    if (answered?.kind !== 'done') return
    keep(null)
    setSent({ ...answered.answer, as })
    bodyRef.current?.focus()
    refresh()
  }
  const submitOnce = (as: Status) => void submit(as, value?.idempotencyKey ?? uuidv4())
  const submitAsNew = () => {
    const idempotencyKey = uuidv4()
    keep({ ...text, idempotencyKey })
    void submit(status, idempotencyKey)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submitOnce(can.publishes ? 'published' : 'draft')
  }

  return (
    <section aria-label={t('label')}>
      <h2 className={styles.heading}>{t('label')}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the shortcut works from each of the fields; the buttons do the same. */}
      <div className={form.form} onKeyDown={onKeyDown}>
        <EntryFields
          text={text}
          onChange={onChange}
          isSending={isSending}
          errorAt={useIssue(failure)}
          bodyError={missing && t(missing)}
          shortcut={t(can.publishes ? 'actionPublish' : 'actionSubmit')}
          bodyRef={bodyRef}
        />
        {!isSafe && <Warning text={failureWords('notKept')} />}
        {story.status === 'closed' && <p className={styles.closed}>{t('closed')}</p>}
        {isReused ? (
          <ReusedKey newest={newest} as={status} isSubmitter={!can.publishes} isBusy={isSending} onSubmit={submitAsNew} />
        ) : (
          !isInvalid && <FailureNotice failure={failure} onRetry={() => submitOnce(status)} />
        )}
        <div className={form.buttons}>
          {can.publishes && (
            <Button look="main" isBusy={isSending} onClick={() => submitOnce('published')}>
              {t(isSending && status === 'published' ? 'publishing' : 'publish')}
            </Button>
          )}
          <Button look={can.publishes ? 'plain' : 'main'} isBusy={isSending} onClick={() => submitOnce('draft')}>
            {t(isSending && status === 'draft' ? 'saving' : can.publishes ? 'saveDraft' : 'submitDraft')}
          </Button>
        </div>
        <Sent sent={sent} isSubmitter={!can.publishes} />
      </div>
    </section>
  )
}
