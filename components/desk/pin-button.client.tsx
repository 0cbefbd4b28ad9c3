'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Update } from '#lib/story/update.ts'
import { Confirm } from './confirm.client.tsx'
import { firstWords } from './entry-words.ts'
import { useRowWrites } from './row-writes.client.tsx'

type Props = { update: Update; pinned: Update | null; isBusy: boolean; describedBy: string }

/** Keeps an update on top of the story, or lets it go. Says first which one it takes the place of. */
export function PinButton({ update, pinned, isBusy, describedBy }: Props) {
  const t = useTranslations('desk.timeline')
  const { run } = useRowWrites()
  const [isAsking, setIsAsking] = useState(false)
  const isPinned = pinned?.id === update.id

  const pin = (kind: 'pin' | 'unpin') => {
    setIsAsking(false)
    void run(update, { kind })
  }
  const begin = () => {
    if (pinned && !isPinned) setIsAsking(true)
    else pin(isPinned ? 'unpin' : 'pin')
  }

  return (
    <>
      <Button look="quiet" aria-describedby={describedBy} isBusy={isBusy} onClick={begin}>
        {t(isPinned ? 'unpin' : 'pin')}
      </Button>
      {isAsking && pinned && (
        <Confirm
          title={t('pinTitle')}
          text={t('pinText', { title: firstWords(pinned) })}
          action={t('pin')}
          onConfirm={() => pin('pin')}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
