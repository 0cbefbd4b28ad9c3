'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import type { Draft } from '#lib/story/draft.ts'
import { sendDraftBack } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import { NoticeDialog } from './notice-dialog.client.tsx'

type Props = { draft: Draft; describedBy: string }

/** Gives a draft back to its author, with a note on what is to be done. */
export function SendBackButton({ draft, describedBy }: Props) {
  const t = useTranslations('desk.sendBack')
  const words = useTranslations('desk.drafts')
  const { story, personId } = useDesk()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button look="quiet" aria-describedby={describedBy} onClick={() => setIsOpen(true)}>
        {t('open')}
      </Button>
      {isOpen && (
        <NoticeDialog
          words={{
            title: t('title'),
            text: t('text', { title: firstWords(draft) || words('noWords'), author: draft.author }),
            label: t('note'),
            hint: t('noteHint'),
            missing: t('noteMissing'),
            submit: t('submit'),
            busy: t('busy'),
            done: t('done'),
          }}
          look="main"
          field="note"
          keptAs={`staytuned.send-back.${personId}.${draft.id}`}
          write={(note) => sendDraftBack(story.slug, draft.id, note)}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
