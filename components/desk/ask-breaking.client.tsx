'use client'

import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import { Confirm } from './confirm.client.tsx'
import type { EntryContent } from './entry-text.ts'
import { firstWords } from './entry-words.ts'

type Props = {
  entry: Pick<EntryContent, 'title' | 'body'>
  /** What would make it breaking: it is published now, at a time, or stands already. */
  by: 'publishing' | 'scheduling' | 'revising'
  /** When it is published, if that is later. */
  publishAt?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something goes out as breaking. */
export function AskBreaking({ entry, by, publishAt, onConfirm, onClose }: Props) {
  const t = useTranslations('desk.breaking')
  const words = useTranslations('desk.drafts')
  const say = useMoment()
  return (
    <Confirm
      title={t(`${by}.title`)}
      text={t(`${by}.text`, { title: firstWords(entry) || words('noWords'), time: publishAt ? say(publishAt, 'time-and-zone') : '' })}
      action={t(`${by}.action`)}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
