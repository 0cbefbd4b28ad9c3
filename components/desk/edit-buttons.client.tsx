'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { EditEntry } from './edit-entry.client.tsx'
import type { EntryContent } from './entry-text.ts'
import type { EditKind } from './use-edit.client.ts'

type Props = { entry: EntryContent & { readonly id: string }; kinds: readonly EditKind[]; describedBy: string }

/** The ways to change an entry, and the window in which it is changed. */
export function EditButtons({ entry, kinds, describedBy }: Props) {
  const t = useTranslations('desk.timeline')
  const [opened, setOpened] = useState<EditKind | null>(null)

  return (
    <>
      {kinds.map((kind) => (
        <Button key={kind} look="quiet" aria-describedby={describedBy} onClick={() => setOpened(kind)}>
          {t(kind === 'correct' ? 'correct' : 'edit')}
        </Button>
      ))}
      {opened && <EditEntry kind={opened} entry={entry} onClose={() => setOpened(null)} />}
    </>
  )
}
