'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import { AskBreaking } from './ask-breaking.client.tsx'
import { useEditing } from './colleagues.client.tsx'
import { Conflict } from './conflict.client.tsx'
import { isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { EntryFields } from './entry-fields.client.tsx'
import { type EntryContent, sameText, scheduled } from './entry-text.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './form.module.css'
import type { Writer } from './rich-text.client.tsx'
import { isSendKey } from './send-key.ts'
import { type EditKind, useEdit } from './use-edit.client.ts'
import { useIssue } from './use-writing.client.ts'

type Props = {
  entry: EntryContent & { readonly id: string }
  kind: EditKind
  /** What it said once, to be said again. */
  restored?: EntryContent
  onClose: () => void
}

/** The window in which an entry is changed. */
export function EditEntry({ entry, kind, restored, onClose }: Props) {
  const t = useTranslations('desk.edit')
  const conflictTitle = useTranslations('desk.conflict')('title')
  const close = useTranslations('desk')('close')
  const editing = useEdit({ entry, kind, restored: restored ?? null, onClose })
  const { theirs, edit, asked } = editing
  const { story } = useDesk()
  const taker = useEditing(entry.id)
  const lock = useTranslations('desk.lock')
  return (
    <Dialog title={theirs ? conflictTitle : t(`${kind}Title`)} closeLabel={close} onClose={onClose} size="page">
      {taker && <Warning text={lock('taken', { name: taker.name })} />}
      {asked && (
        <AskBreaking
          entry={{ title: asked.text.title.trim() || null, body: asked.text.body }}
          by={asked.by}
          publishAt={scheduled(asked.text, story.timeZone)}
          onConfirm={() => editing.answer(true)}
          onClose={() => editing.answer(false)}
        />
      )}
      {theirs ? <Conflict base={edit.base} theirs={theirs} mine={edit.mine} editing={editing} /> : <EditForm kind={kind} editing={editing} />}
    </Dialog>
  )
}

function EditForm({ kind, editing }: { kind: EditKind; editing: ReturnType<typeof useEdit> }) {
  const t = useTranslations('desk.edit')
  const composer = useTranslations('desk.composer')
  const { can } = useDesk()
  const { edit, failure, missing, isSending } = editing
  const bodyRef = useRef<Writer>(null)
  const [isUploading, setUploading] = useState(false)
  const save = (to: 'submitted' | 'published' | null = null) => {
    const waits = bodyRef.current?.isUploading() ?? false
    setUploading(waits)
    if (!waits) editing.save(to)
  }
  const errorAt = useIssue(failure)
  const isChanged = edit.aside !== null || edit.note !== '' || !sameText(edit.mine, edit.base)

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return
    event.preventDefault()
    save()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shortcut works from each of the fields; the buttons do the same.
    <div className={styles.form} onKeyDown={onKeyDown}>
      {kind === 'edit' && <p className={styles.intro}>{t('editHint')}</p>}
      {edit.aside ? (
        <div className={styles.aside}>
          <p>{t('aside')}</p>
          <Button onClick={editing.bringBack}>{t('bringBack')}</Button>
        </div>
      ) : (
        editing.isResumed && <p className={styles.aside}>{t('resumed')}</p>
      )}
      <EntryFields
        text={edit.mine}
        onChange={editing.change}
        isSending={isSending}
        errorAt={errorAt}
        bodyRef={bodyRef}
        bodyError={isUploading ? composer('uploading') : missing === 'body' ? composer('empty') : missing === 'alt' ? composer('altMissing') : null}
        claimsError={missing === 'claims' ? composer('claimsUnsigned') : null}
        isScheduled={kind === 'draft' && can.publishes}
        isPinned={kind === 'draft' && can.pins}
        shortcut={composer(kind === 'correct' ? 'actionPublish' : 'actionSave')}
      />
      {kind === 'correct' && (
        <Field label={t('note')} hint={t('noteHint')} error={missing === 'note' ? t('noteMissing') : errorAt('correction', t('note'))}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              maxLength={500}
              readOnly={isSending}
              value={edit.note}
              onChange={(event) => editing.changeNote(event.target.value)}
            />
          )}
        </Field>
      )}
      {missing === 'change' && <Warning text={t('changeFirst')} />}
      {failure && !isProblem(failure, 'invalid') && <FailureNotice failure={failure} onRetry={() => save()} />}
      <div className={styles.buttons}>
        {kind === 'draft' && (
          <Button look="main" isBusy={isSending} onClick={() => save(can.publishes ? 'published' : 'submitted')}>
            {t(can.publishes ? 'publishDraft' : 'submitDraft')}
          </Button>
        )}
        <Button look={kind === 'draft' ? 'plain' : 'main'} isBusy={isSending} onClick={() => save()}>
          {t(isSending ? 'saving' : saveWords[kind])}
        </Button>
        {isChanged && (
          <Button look="quiet" onClick={editing.drop}>
            {t('drop')}
          </Button>
        )}
      </div>
    </div>
  )
}

const saveWords = { edit: 'save', correct: 'correct', draft: 'saveDraft' } as const
