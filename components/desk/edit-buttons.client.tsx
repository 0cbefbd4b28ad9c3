'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { useOtherEditor } from './colleagues.client.tsx'
import { Confirm } from './confirm.client.tsx'
import { useOpenEdit } from './editing.client.tsx'
import styles from './entry-list.module.css'
import type { EntryContent } from './entry-text.ts'
import type { EditKind } from './use-edit.client.ts'

type Props = { entry: EntryContent & { readonly id: string }; kinds: readonly EditKind[]; describedBy: string }

/** The ways to change an entry, and the window in which it is changed. */
export function EditButtons({ entry, kinds, describedBy }: Props) {
  const t = useTranslations('desk.timeline')
  const lock = useTranslations('desk.lock')
  const say = useMoment()
  const other = useOtherEditor(entry.id)
  const openEdit = useOpenEdit()
  const open = (kind: EditKind) => openEdit({ entry, kind })
  const [asked, setAsked] = useState<EditKind | null>(null)
  const takeOver = (kind: EditKind) => {
    setAsked(null)
    open(kind)
  }

  return (
    <>
      {kinds.map((kind) => (
        <Button key={kind} look="quiet" aria-describedby={describedBy} onClick={() => (other ? setAsked(kind) : open(kind))}>
          {t(kind === 'correct' ? 'correct' : 'edit')}
        </Button>
      ))}
      {other && <p className={styles.editing}>{lock('editing', { name: other.name })}</p>}
      {asked && (
        <Confirm
          title={lock('title', { name: other?.name ?? '' })}
          text={lock('text', { time: other ? say(other.since, 'time') : '' })}
          action={lock('takeOver')}
          onConfirm={() => takeOver(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
