'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { discardDraft, reviseUpdate, type Written } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import type { EntryText } from './entry-text.ts'
import { firstWords } from './entry-words.ts'
import { FailureNotice } from './failure-notice.tsx'
import styles from './held.module.css'
import { useWriting } from './use-writing.client.ts'

/** An update that is published in a moment. */
export type HeldEntry = Written & {
  readonly text: EntryText
  /** When that is by this browser's clock, in ms since 1970. */
  readonly until: number
}

type Props = {
  entry: HeldEntry
  isWriting: boolean
  /** It is out, or it was called back. */
  onEnd: (entry: HeldEntry, isOut: boolean) => void
  onCalledBack: (text: EntryText) => void
}

/** Says for how long an update can be called back, and calls it back. */
export function Held({ entry, isWriting, onEnd, onCalledBack }: Props) {
  const t = useTranslations('desk.held')
  const { story, send, announce, refresh } = useDesk()
  const { isSending, failure, run } = useWriting()
  const left = useSecondsLeft(entry.until, () => {
    if (isSending) return
    onEnd(entry, true)
    refresh()
  })

  const callBack = async () => {
    // First it loses its time and is a draft like any other: from here on nothing can be lost, whatever fails.
    const answered = await run(() => send(() => reviseUpdate(story.slug, entry.id, entry.version, { publishAt: null })))
    if (answered?.kind !== 'done') return
    const isOut = answered.answer.publishedAt !== null
    onEnd(entry, isOut)
    announce(t(isOut ? 'tooLate' : isWriting ? 'keptAsDraft' : 'calledBack'))
    if (!isOut && !isWriting) {
      onCalledBack(entry.text)
      await send(() => discardDraft(story.slug, entry.id))
    }
    refresh()
  }

  return (
    <div className={styles.held}>
      <p role="status">{t('held', { title: firstWords({ title: entry.text.title || null, body: entry.text.body }) })}</p>
      <span aria-hidden>{t('seconds', { count: left })}</span>
      <Button isBusy={isSending} onClick={() => void callBack()}>
        {t('undo')}
      </Button>
      <FailureNotice failure={failure} onRetry={() => void callBack()} />
    </div>
  )
}

/** Seconds until then; calls once when it has come. */
function useSecondsLeft(until: number, onOver: () => void): number {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(Math.ceil((until - now) / 1000), 0)
  useEffect(() => {
    // The server looks once a second.
    if (now >= until + 1_000) return onOver()
    const timer = setTimeout(() => setNow(Date.now()), 250)
    return () => clearTimeout(timer)
  })
  return left
}
