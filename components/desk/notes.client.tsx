'use client'

import type { FormEvent, KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { longestNote, type Note } from '#lib/story/note.ts'
import { writeNote } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { FailureNotice } from './failure-notice.tsx'
import form from './form.module.css'
import { useKept } from './kept.client.ts'
import styles from './notes.module.css'
import { isSendKey } from './send-key.ts'
import { useWriting } from './use-writing.client.ts'

/** What is being written, with the key that makes it one note however often it is sent. */
const keptNote = z.object({ text: z.string(), key: z.string() })

/** What the newsroom says to itself about the story, oldest first, and where one adds to it. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const t = useTranslations('desk.notes')
  const say = useMoment()
  return (
    <div className={styles.notes}>
      <p className={styles.intro}>{t('intro')}</p>
      {notes.length > 0 && (
        <ol className={styles.list} aria-label={t('list')}>
          {notes.map(({ id, author, at, text }) => (
            <li key={id}>
              <p className={styles.who}>
                <strong>{author}</strong> <time dateTime={at}>{say(at, 'day-and-time')}</time>
              </p>
              <p className={styles.text}>{text}</p>
            </li>
          ))}
        </ol>
      )}
      <NewNote />
    </div>
  )
}

function NewNote() {
  const t = useTranslations('desk.notes')
  const { story, personId, send, announce, refresh } = useDesk()
  const { value, keep } = useKept(`staytuned.note.${personId}.${story.slug}`, keptNote)
  const { isSending, failure, run } = useWriting()
  const text = value?.text ?? ''

  const write = async () => {
    if (!value || text.trim() === '') return
    const answered = await run(() => send(() => writeNote(story.slug, text, value.key)))
    if (answered?.kind !== 'done') return
    keep(null)
    announce(t('written'))
    refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void write()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return
    event.preventDefault()
    void write()
  }
  return (
    <form className={form.form} onSubmit={onSubmit}>
      <Field label={t('new')} hint={t('hint')}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxLength={longestNote}
            readOnly={isSending}
            value={text}
            // Other words are another note.
            onChange={(event) => keep(event.target.value === '' ? null : { text: event.target.value, key: uuidv4() })}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <FailureNotice failure={failure} onRetry={() => void write()} />
      <div className={form.buttons}>
        <Button type="submit" isBusy={isSending}>
          {t(isSending ? 'sending' : 'send')}
        </Button>
      </div>
    </form>
  )
}
