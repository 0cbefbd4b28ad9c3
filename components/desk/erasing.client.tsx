'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { EraseDialog } from './erase-dialog.client.tsx'
import { LookForErased } from './look-for-erased.client.tsx'
import type { ToErase } from './to-erase.ts'

type Ask = (asked: ToErase | 'look') => void

const ErasingContext = createContext<Ask>(() => {})

/** Where things are erased for good: above all lists, so that the window stays with its proof when what it was opened on is gone. */
export function Erasing({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<ToErase | 'look' | null>(null)
  const close = () => setAsked(null)
  return (
    <ErasingContext value={setAsked}>
      {children}
      {asked === 'look' && <LookForErased onClose={close} />}
      {asked !== null && asked !== 'look' && <EraseDialog key={asked.id} asked={asked} onClose={close} />}
    </ErasingContext>
  )
}

/** Opens the window in which something is erased, or that in which what was erased is looked for. */
export function useErasing(): Ask {
  return useContext(ErasingContext)
}
