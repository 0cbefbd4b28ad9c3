'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { discardDraft, reviseUpdate, type Written } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import type { EntryText } from './entry-text.ts'
import { firstWords } from './entry-words.ts'
import { FailureNotice, Warning } from './failure-notice.tsx'
import styles from './held.module.css'
import { TakeBack } from './take-back.tsx'
import { useWriting } from './use-writing.client.ts'

/** An update that is published in a moment. */
export type HeldEntry = Written & {
  readonly text: EntryText
  /** When that is by this browser's clock, in ms since 1970. */
  readonly until: number
}

type Props = {
  entry: HeldEntry
  /** Something else is being written where it would be taken back to. */
  isWriting: boolean
  /**
   * What has become of it, as far as is known: readers have it, it is a draft without a time, it still waits for its time, or
   * it is nowhere.
   */
  outcome: 'out' | 'draft' | 'waits' | 'gone' | null
  onEnd: (entry: HeldEntry, outcome: 'out' | 'draft') => void
  /** Puts the text back to be written on; false if something else is being written there. */
  onCalledBack: (text: EntryText) => boolean
}

/** It should be out: the page asks the server for news so often, in ms. */
const askEveryMs = 2_000
/** Neither out nor among the drafts so long after its time: somebody has thrown it away. It may be out and not told of yet. */
const missingAfterMs = 12_000

/** Says for how long an update can be called back, and calls it back. */
export function Held({ entry, isWriting, outcome, onEnd, onCalledBack }: Props) {
  const t = useTranslations('desk.held')
  const { story, send, announce, refresh } = useDesk()
  const { isSending, failure, run } = useWriting()
  const left = useTimeLeft(entry.until, refresh)
  useEffect(() => {
    if ((outcome !== 'out' && outcome !== 'draft') || isSending) return
    onEnd(entry, outcome)
    announce(t(outcome === 'out' ? 'out' : 'keptAsDraft'))
  })

  const callBack = async () => {
    // First it loses its time and is a draft like any other: from here on nothing can be lost, whatever fails.
    const answered = await run(() => send(() => reviseUpdate(story.slug, entry.id, entry.version, { publishAt: null })))
    // What has become of it is seen when the page is made anew.
    if (answered?.kind !== 'done') return refresh()
    const isOut = answered.answer.publishedAt !== null
    const isBack = !isOut && onCalledBack(entry.text)
    onEnd(entry, isOut ? 'out' : 'draft')
    announce(t(isOut ? 'tooLate' : isBack ? 'calledBack' : 'keptAsDraft'))
    // It is in the browser now; should this fail, it is a draft as well.
    if (isBack) await send(() => discardDraft(story.slug, entry.id))
    refresh()
  }

  if (outcome === 'gone' && left < -missingAfterMs) {
    return (
      <Warning text={t('missing')}>
        <TakeBack isWriting={isWriting} onTakeBack={() => onCalledBack(entry.text) && onEnd(entry, 'draft')} />
        <Button onClick={() => onEnd(entry, 'draft')}>{t('dismiss')}</Button>
      </Warning>
    )
  }
  return (
    <div className={styles.held}>
      <p role="status">{t('held', { title: firstWords({ title: entry.text.title || null, body: entry.text.body }) })}</p>
      <span aria-hidden>{t('seconds', { count: Math.max(Math.ceil(left / 1000), 0) })}</span>
      <Button isBusy={isSending} onClick={() => void callBack()}>
        {t('undo')}
      </Button>
      <FailureNotice failure={failure} onRetry={() => void callBack()} />
    </div>
  )
}

/** The ms until then, below zero once it has come; from then on calls back again and again. */
function useTimeLeft(until: number, onOver: () => void): number {
  const [now, setNow] = useState(() => Date.now())
  const left = until - now
  useEffect(() => {
    if (left <= 0) onOver()
    const timer = setTimeout(() => setNow(Date.now()), left <= 0 ? askEveryMs : 250)
    return () => clearTimeout(timer)
  }, [left, onOver])
  return left
}
