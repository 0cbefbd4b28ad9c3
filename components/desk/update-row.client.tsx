'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Moment, useMoment } from '#components/ui/moment.tsx'
import type { Reached } from '#lib/story/reached.ts'
import type { Update } from '#lib/story/update.ts'
import { useDesk } from './desk-frame.client.tsx'
import { EditButtons } from './edit-buttons.client.tsx'
import styles from './entry-list.module.css'
import { firstWords } from './entry-words.ts'
import { EraseButton } from './erase-button.client.tsx'
import { HistoryButton } from './history-button.client.tsx'
import { PinButton } from './pin-button.client.tsx'
import { ReachedLine } from './reached-line.tsx'
import { isBusy, RowState, useRowWrite } from './row-writes.client.tsx'
import { Tick, useIsSelecting } from './selection.client.tsx'
import { UnsavedMark } from './unsaved-mark.client.tsx'
import { WithdrawButton } from './withdraw-button.client.tsx'

type Props = { update: Update; pinned: Update | null; reached: Reached | undefined; isNewDay: boolean }

/** One published update: when, what, what became of it, whom it reached, and what can be done with it. */
export function UpdateRow({ update, pinned, reached, isNewDay }: Props) {
  const t = useTranslations('desk.timeline')
  const say = useMoment()
  const { story } = useDesk()
  const titleId = useId()
  const title = useRowTitle(update)
  const isPinned = pinned?.id === update.id
  const write = useRowWrite(update.id)
  const isSelecting = useIsSelecting()
  return (
    <li id={update.id} className={styles.entry}>
      <Tick id={update.id} title={title} />
      {isNewDay && <Moment at={update.publishedAt} form="day" className={styles.day} />}
      <article aria-labelledby={titleId} className={styles.timed}>
        <PublishedAt update={update} label={t('seeAt', { time: say(update.publishedAt, 'day-and-time') })} />
        <div>
          <h3 id={titleId} className={`${styles.title} ${titleLook(update)}`} lang={story.language}>
            {title}
          </h3>
          <Marks update={update} isPinned={isPinned} />
          {reached && <ReachedLine reached={reached} />}
          <RowState entry={update} write={write} />
          {!isSelecting && <Actions update={update} pinned={pinned} isBusy={isBusy(write)} describedBy={titleId} />}
        </div>
      </article>
    </li>
  )
}

function titleLook({ title, withdrawal }: Update): string {
  return (withdrawal ? styles.withdrawn : title === null ? styles.untitled : '') ?? ''
}

function useRowTitle(update: Update): string {
  const t = useTranslations('desk')
  if (update.withdrawal) return t('timeline.withdrawnTitle', { notice: update.withdrawal.notice })
  return firstWords(update) || t('drafts.noWords')
}

/** Readers' pages have nothing of a draft story to lead to. */
function PublishedAt({ update, label }: { update: Update; label: string }) {
  const { slug, status } = useDesk().story
  const time = <Moment at={update.publishedAt} form="time" />
  if (status === 'draft') return <span className={styles.time}>{time}</span>
  return (
    <a className={styles.time} href={`/stories/${slug}/updates/${update.id}`} aria-label={label}>
      {time}
    </a>
  )
}

function Marks({ update, isPinned }: { update: Update; isPinned: boolean }) {
  const t = useTranslations('desk.timeline')
  const say = useMoment()
  return (
    <p className={styles.marks}>
      <span>{update.author}</span>
      {isPinned && <strong>{t('pinned')}</strong>}
      {update.breaking ? <strong>{t('breaking')}</strong> : update.key && <strong>{t('key')}</strong>}
      {update.corrections.length > 0 && <span className={styles.correction}>{t('corrected', { count: update.corrections.length })}</span>}
      {update.editedAt && !update.withdrawal && <span>{t('edited', { time: say(update.editedAt, 'time') })}</span>}
      {update.withdrawal && <span>{t('withdrawn', { time: say(update.withdrawal.at, 'time') })}</span>}
      {!update.withdrawal && <UnsavedMark id={update.id} />}
    </p>
  )
}

function Actions({ update, pinned, isBusy, describedBy }: { update: Update; pinned: Update | null; isBusy: boolean; describedBy: string }) {
  const { can } = useDesk()
  const isWithdrawn = update.withdrawal !== null
  const title = useRowTitle(update)
  return (
    <div className={styles.actions}>
      {!isWithdrawn && can.revises && <EditButtons entry={update} kinds={['edit', 'correct']} describedBy={describedBy} />}
      {!isWithdrawn && can.pins && <PinButton update={update} pinned={pinned} isBusy={isBusy} describedBy={describedBy} />}
      {(isWithdrawn || update.version > 1) && <HistoryButton update={update} describedBy={describedBy} />}
      {!isWithdrawn && can.withdraws && <WithdrawButton update={update} describedBy={describedBy} />}
      <EraseButton kind="update" id={update.id} title={title} describedBy={describedBy} />
    </div>
  )
}
