'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { EditEntry } from './edit-entry.client.tsx'
import type { EntryContent } from './entry-text.ts'
import type { EditKind } from './use-edit.client.ts'

type Opened = {
  readonly entry: EntryContent & { readonly id: string }
  readonly kind: EditKind
  /** What it said once, to be said again. */
  readonly restored?: EntryContent
}

const EditingContext = createContext<(opened: Opened) => void>(() => {})

/**
 * Where an entry is changed: above all lists, so that the window stays, with what is typed in it, when a colleague moves the entry
 * from one list to another or throws it away.
 */
export function Editing({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  return (
    <EditingContext value={setOpened}>
      {children}
      {opened && <EditEntry key={opened.entry.id} {...opened} onClose={() => setOpened(null)} />}
    </EditingContext>
  )
}

/** Opens the window in which an entry is changed. */
export function useOpenEdit(): (opened: Opened) => void {
  return useContext(EditingContext)
}
