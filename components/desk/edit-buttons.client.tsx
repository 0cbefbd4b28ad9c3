'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { EditEntry } from './edit-entry.client.tsx'
import type { EntryContent } from './entry-text.ts'
import { loadMarkdown, type MarkdownSource } from './markdown-source.client.ts'
import type { EditKind } from './use-edit.client.ts'

type Opened = { kind: EditKind; markdown: MarkdownSource }

type Props = { entry: EntryContent & { readonly id: string }; kinds: readonly EditKind[]; describedBy: string }

/** The ways to change an entry, and the window in which it is changed. */
export function EditButtons({ entry, kinds, describedBy }: Props) {
  const t = useTranslations('desk.timeline')
  const words = useTranslations('desk.edit')
  const [opened, setOpened] = useState<Opened | null>(null)
  const [hasFailed, setHasFailed] = useState(false)

  const open = async (kind: EditKind) => {
    const markdown = await loadMarkdown()
    setHasFailed(markdown === null)
    if (markdown) setOpened({ kind, markdown })
  }

  return (
    <>
      {kinds.map((kind) => (
        <Button key={kind} look="quiet" aria-describedby={describedBy} onClick={() => void open(kind)}>
          {t(kind === 'correct' ? 'correct' : 'edit')}
        </Button>
      ))}
      {hasFailed && <p role="alert">{words('loadFailed')}</p>}
      {opened && <EditEntry {...opened} entry={entry} onClose={() => setOpened(null)} />}
    </>
  )
}
