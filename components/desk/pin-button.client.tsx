'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Update } from '#lib/story/update.ts'
import { Confirm } from './confirm.client.tsx'
import { pinUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import { FailureNotice } from './failure-notice.tsx'
import { useWriting } from './use-writing.client.ts'

/** Keeps an update on top of the story, or lets it go. Says first which one it takes the place of. */
export function PinButton({ update, pinned, describedBy }: { update: Update; pinned: Update | null; describedBy: string }) {
  const t = useTranslations('desk.timeline')
  const { story, send, announce, refresh } = useDesk()
  const [isAsking, setIsAsking] = useState(false)
  const { isSending, failure, run, clear } = useWriting()
  const isPinned = pinned?.id === update.id

  const pin = async (isToBePinned: boolean) => {
    const answered = await run(() => send(() => pinUpdate(story.slug, update.id, isToBePinned)))
    if (answered?.kind !== 'done') return
    announce(t(isToBePinned ? 'nowPinned' : 'nowUnpinned'))
    setIsAsking(false)
    refresh()
  }
  const begin = () => {
    clear()
    if (pinned && !isPinned) setIsAsking(true)
    else void pin(!isPinned)
  }

  return (
    <>
      <Button look="quiet" aria-describedby={describedBy} isBusy={isSending} onClick={begin}>
        {t(isPinned ? 'unpin' : 'pin')}
      </Button>
      {!isAsking && <FailureNotice failure={failure} onRetry={begin} />}
      {isAsking && pinned && (
        <Confirm
          title={t('pinTitle')}
          text={t('pinText', { title: firstWords(pinned) })}
          action={t('pin')}
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void pin(true)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
