'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { Confirm } from './confirm.client.tsx'
import { discardDraft, reviseUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { EditButtons } from './edit-buttons.client.tsx'
import styles from './entry-list.module.css'
import type { Draft } from './entry-text.ts'
import { firstWords } from './entry-words.ts'
import { FailureNotice } from './failure-notice.tsx'
import { UnsavedMark } from './unsaved-mark.client.tsx'
import { useWriting } from './use-writing.client.ts'

/** What waits to be published. */
export function Drafts({ drafts }: { drafts: readonly Draft[] }) {
  const t = useTranslations('desk.drafts')
  return (
    <section aria-label={t('title')}>
      <h2 className={styles.heading}>{t('title')}</h2>
      {drafts.length === 0 && <p className={styles.none}>{t('none')}</p>}
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} />
        ))}
      </ul>
    </section>
  )
}

function DraftRow({ draft }: { draft: Draft }) {
  const t = useTranslations('desk.drafts')
  const say = useMoment()
  const { story, can } = useDesk()
  const titleId = useId()
  return (
    <li className={styles.entry}>
      <article aria-labelledby={titleId}>
        <h3 id={titleId} className={styles.title} lang={story.language}>
          {firstWords(draft) || t('noWords')}
        </h3>
        <p className={styles.marks}>
          <span>{t('by', { author: draft.author, time: say(draft.createdAt, 'day-and-time') })}</span>
          {draft.key && <strong>{t('key')}</strong>}
          {draft.publishAt && <strong>{t('scheduled', { time: say(draft.publishAt, 'time-and-zone') })}</strong>}
          <UnsavedMark id={draft.id} />
        </p>
        {can.revises && <DraftActions draft={draft} describedBy={titleId} />}
      </article>
    </li>
  )
}

function DraftActions({ draft, describedBy }: { draft: Draft; describedBy: string }) {
  const t = useTranslations('desk.drafts')
  const { story, can, send, announce, refresh } = useDesk()
  const publishing = useWriting()
  const discarding = useWriting()
  const [isAsking, setIsAsking] = useState(false)

  const publish = async () => {
    const answered = await publishing.run(() => send(() => reviseUpdate(story.slug, draft.id, draft.version, { status: 'published' })))
    if (answered?.kind === 'done') announce(t('published'))
    // When it was refused, somebody else has changed it or published it: show what.
    if (answered && answered.kind !== 'unreachable') refresh()
  }
  const discard = async () => {
    const answered = await discarding.run(() => send(() => discardDraft(story.slug, draft.id)))
    if (answered?.kind !== 'done') return
    announce(t('discarded'))
    setIsAsking(false)
    refresh()
  }

  return (
    <>
      <div className={styles.actions}>
        {can.publishes && (
          <Button look="quiet" aria-describedby={describedBy} isBusy={publishing.isSending} onClick={() => void publish()}>
            {t(publishing.isSending ? 'publishing' : 'publish')}
          </Button>
        )}
        <EditButtons entry={draft} kinds={['draft']} describedBy={describedBy} />
        <Button look="quiet" aria-describedby={describedBy} onClick={() => setIsAsking(true)}>
          {t('discard')}
        </Button>
      </div>
      <FailureNotice failure={publishing.failure} onRetry={() => void publish()} />
      {isAsking && (
        <Confirm
          title={t('discardTitle')}
          text={t('discardText', { title: firstWords(draft) || t('noWords') })}
          action={t(discarding.isSending ? 'discarding' : 'discard')}
          look="danger"
          isBusy={discarding.isSending}
          failure={discarding.failure}
          onConfirm={() => void discard()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
