'use client'

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { type Observed, observed } from '#lib/live/observed.ts'

/** Something that can be done at the desk, by the name it has on screen. */
export type CommandEntry = { readonly label: string; readonly run: () => void }

const CommandsContext = createContext<Observed<readonly CommandEntry[]> | null>(null)

/** Where the parts of a desk tell what can be done with them. */
export function Commands({ children }: { children: ReactNode }) {
  const [commands] = useState(() => observed<readonly CommandEntry[]>([]))
  return <CommandsContext value={commands}>{children}</CommandsContext>
}

export function useCommands(): Observed<readonly CommandEntry[]> {
  const commands = useContext(CommandsContext)
  if (!commands) throw new Error('this belongs inside Commands')
  return commands
}

/** Makes something that a part of the desk can do findable in the palette, for as long as it is there. */
export function Command({ label, onRun }: { label: string; onRun: () => void }) {
  const commands = useCommands()
  const latest = useRef(onRun)
  useEffect(() => {
    latest.current = onRun
  })
  useEffect(() => {
    const entry = { label, run: () => latest.current() }
    commands.set([...commands.get(), entry])
    return () => commands.set(commands.get().filter((each) => each !== entry))
  }, [commands, label])
  return null
}
