'use client'

import { useTranslations } from 'use-intl'
import { useDesk } from './desk-frame.client.tsx'
import { useKept } from './kept.client.ts'
import { editName, keptEdit } from './kept-edit.ts'

/** Says that this browser keeps changes to an entry that were never saved. */
export function UnsavedMark({ id }: { id: string }) {
  const t = useTranslations('desk.drafts')
  const { value } = useKept(editName(useDesk().personId, id), keptEdit)
  return value && <strong>{t('unsaved')}</strong>
}
