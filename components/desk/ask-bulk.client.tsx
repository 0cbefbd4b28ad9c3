'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Confirm } from './confirm.client.tsx'
import { useDesk } from './desk-frame.client.tsx'
import type { EntryAction } from './entry-action.ts'
import { NoticeDialog } from './notice-dialog.client.tsx'
import type { Selectable } from './selectable.ts'

export type Asked = 'publish' | 'discard' | 'withdraw' | 'sendBack'

type Props = {
  kind: Asked
  selected: readonly Selectable[]
  onSure: (action: EntryAction) => void
  onClose: () => void
}

/** Asks before something is done to several entries that others will see or that can't be undone; and for the words that go with it. */
export function AskBulk({ kind, selected, onSure, onClose }: Props) {
  const t = useTranslations('desk.bulk.ask')
  const { story, personId } = useDesk()
  const [isSure, setIsSure] = useState(kind === 'sendBack')
  const count = selected.length
  if (isSure && (kind === 'withdraw' || kind === 'sendBack'))
    return (
      <NoticeDialog
        words={{
          title: t(`${kind}.noticeTitle`, { count }),
          text: t(`${kind}.noticeText`, { count }),
          label: t(`${kind}.label`),
          hint: t(`${kind}.hint`),
          missing: t(`${kind}.missing`),
          submit: t(`${kind}.submit`, { count }),
          busy: t(`${kind}.submit`, { count }),
          done: '',
        }}
        look={kind === 'withdraw' ? 'danger' : 'main'}
        field="notice"
        keptAs={`staytuned.bulk.${kind}.${personId}.${story.slug}`}
        write={async (note) => {
          onSure({ kind, note })
          return { kind: 'done', answer: null }
        }}
        onClose={onClose}
      />
    )
  if (kind === 'sendBack') return null
  const breaking = selected.filter((entry) => entry.breaking).length
  return (
    <Confirm
      title={t(`${kind}.title`, { count, breaking })}
      text={t(`${kind}.text`, { count, breaking })}
      action={t(`${kind}.action`, { count })}
      look={kind === 'publish' ? 'main' : 'danger'}
      onConfirm={() => (kind === 'withdraw' ? setIsSure(true) : onSure({ kind }))}
      onClose={onClose}
    />
  )
}
