'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Update } from '#lib/story/update.ts'
import { withdrawUpdate } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import { NoticeDialog } from './notice-dialog.client.tsx'

type Props = { update: Update; describedBy: string }

/** Takes an update down for good, with a notice in its place. */
export function WithdrawButton({ update, describedBy }: Props) {
  const t = useTranslations('desk')
  const { story, personId } = useDesk()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button look="quietDanger" aria-describedby={describedBy} onClick={() => setIsOpen(true)}>
        {t('timeline.withdraw')}
      </Button>
      {isOpen && (
        <NoticeDialog
          words={{
            title: t('withdraw.title'),
            text: t('withdraw.text', { title: firstWords(update) || t('drafts.noWords') }),
            label: t('withdraw.notice'),
            hint: t('withdraw.noticeHint'),
            missing: t('withdraw.noticeMissing'),
            submit: t('withdraw.submit'),
            busy: t('withdraw.busy'),
            done: t('withdraw.done'),
          }}
          look="danger"
          field="notice"
          keptAs={`staytuned.withdraw.${personId}.${update.id}`}
          write={(notice) => withdrawUpdate(story.slug, update.id, notice)}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
