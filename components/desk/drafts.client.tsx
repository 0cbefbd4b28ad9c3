'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { type Draft, stageOf } from '#lib/story/draft.ts'
import { AskBreaking } from './ask-breaking.client.tsx'
import { Confirm } from './confirm.client.tsx'
import { discardDraft, reviseUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { EditButtons } from './edit-buttons.client.tsx'
import styles from './entry-list.module.css'
import { firstWords } from './entry-words.ts'
import { FailureNotice } from './failure-notice.tsx'
import { RowState, useRowWrite } from './row-writes.client.tsx'
import { mayAct, Tick, useIsSelecting } from './selection.client.tsx'
import { SendBackButton } from './send-back-button.client.tsx'
import { UnsavedMark } from './unsaved-mark.client.tsx'
import { useWriting } from './use-writing.client.ts'

/** Entries that readers can't see yet. */
export function Drafts({ drafts, none }: { drafts: readonly Draft[]; none: string }) {
  if (drafts.length === 0) return <p className={styles.none}>{none}</p>
  return (
    <ul className={styles.list}>
      {drafts.map((draft) => (
        <DraftRow key={draft.id} draft={draft} />
      ))}
    </ul>
  )
}

function DraftRow({ draft }: { draft: Draft }) {
  const t = useTranslations('desk.drafts')
  const say = useMoment()
  const { story, personId, can } = useDesk()
  const titleId = useId()
  const { sentBack } = draft
  const title = firstWords(draft) || t('noWords')
  const isSelecting = useIsSelecting()
  const write = useRowWrite(draft.id)
  return (
    <li className={styles.entry}>
      <Tick id={draft.id} title={title} />
      <article aria-labelledby={titleId}>
        <h3 id={titleId} className={styles.title} lang={draft.language ?? story.language}>
          {title}
        </h3>
        <p className={styles.marks}>
          <span>{t('by', { author: draft.author, time: say(draft.createdAt, 'day-and-time') })}</span>
          {draft.breaking ? <strong>{t('breaking')}</strong> : draft.key && <strong>{t('key')}</strong>}
          {draft.pinned && <strong>{t('pinned')}</strong>}
          {draft.submittedAt && <strong>{t('submitted', { time: say(draft.submittedAt, 'time') })}</strong>}
          {draft.publishAt && <strong>{t('scheduled', { time: say(draft.publishAt, 'day-and-time') })}</strong>}
          <UnsavedMark id={draft.id} />
        </p>
        <details className={styles.said} open={can.publishes && stageOf(draft) === 'submitted'}>
          <summary>{t('text')}</summary>
          <div lang={draft.language ?? story.language}>
            <BodyContent body={draft.body} />
          </div>
        </details>
        {sentBack && (
          <p className={styles.sentBack}>{t('sentBack', { by: sentBack.by, time: say(sentBack.at, 'day-and-time'), note: sentBack.note })}</p>
        )}
        <RowState entry={draft} write={write} />
        {!isSelecting && mayAct(draft, personId, can) && <DraftActions draft={draft} describedBy={titleId} />}
      </article>
    </li>
  )
}

function DraftActions({ draft, describedBy }: { draft: Draft; describedBy: string }) {
  const t = useTranslations('desk.drafts')
  const { story, can, send, announce, refresh } = useDesk()
  const { isSending, failure, run } = useWriting()
  const [isAsking, setIsAsking] = useState(false)
  const stage = stageOf(draft)

  const move = async (status: 'draft' | 'submitted' | 'published') => {
    const answered = await run(() => send(() => reviseUpdate(story.slug, draft.id, draft.version, { status })))
    if (answered?.kind === 'done') announce(t(`now.${status}`))
    // When it was refused, somebody else has changed it or published it: show what.
    if (answered && answered.kind !== 'unreachable') refresh()
  }
  const button = (status: 'draft' | 'submitted' | 'published', words: string) => (
    <Button
      look="quiet"
      aria-describedby={describedBy}
      isBusy={isSending}
      onClick={() => (status === 'published' && draft.breaking ? setIsAsking(true) : void move(status))}
    >
      {words}
    </Button>
  )

  return (
    <>
      <div className={styles.actions}>
        {can.publishes && button('published', t(isSending ? 'publishing' : 'publish'))}
        {!can.publishes && stage !== 'submitted' && button('submitted', t(isSending ? 'submitting' : 'submit'))}
        <EditButtons entry={draft} kinds={['draft']} describedBy={describedBy} />
        {!can.publishes && stage === 'submitted' && button('draft', t('takeBack'))}
        {can.revises && draft.submittedAt !== null && <SendBackButton draft={draft} describedBy={describedBy} />}
        <DiscardButton draft={draft} describedBy={describedBy} />
      </div>
      <FailureNotice failure={failure} />
      {isAsking && (
        <AskBreaking
          entry={draft}
          by="publishing"
          onConfirm={() => {
            setIsAsking(false)
            void move('published')
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}

function DiscardButton({ draft, describedBy }: { draft: Draft; describedBy: string }) {
  const t = useTranslations('desk.drafts')
  const { story, send, announce, refresh } = useDesk()
  const { isSending, failure, run } = useWriting()
  const [isAsking, setIsAsking] = useState(false)
  const discard = async () => {
    const answered = await run(() => send(() => discardDraft(story.slug, draft.id)))
    if (answered?.kind !== 'done') return
    announce(t('discarded'))
    setIsAsking(false)
    refresh()
  }
  return (
    <>
      <Button look="quiet" aria-describedby={describedBy} onClick={() => setIsAsking(true)}>
        {t('discard')}
      </Button>
      {isAsking && (
        <Confirm
          title={t('discardTitle')}
          text={t('discardText', { title: firstWords(draft) || t('noWords') })}
          action={t(isSending ? 'discarding' : 'discard')}
          look="danger"
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void discard()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
