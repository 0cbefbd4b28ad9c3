'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Colleague } from '#lib/live/desk-contract.ts'
import { createDeskChannel } from './desk-channel.client.ts'
import { useDesk } from './desk-frame.client.tsx'

type Colleagues = {
  /** The other desks that are open on the story. */
  readonly others: readonly Colleague[]
  readonly setEditing: (id: string | null) => void
}

const ColleaguesContext = createContext<Colleagues>({ others: [], setEditing: () => {} })
const none: readonly Colleague[] = []

/** Several things that are written in a row are one look at the server. */
const settleMs = 150

/** Who else is at this desk, live; and reads the desk anew as they write. */
export function ColleaguesHere({ children }: { children: ReactNode }) {
  const { story, refresh, isSignedOut } = useDesk()
  const [channel] = useState(() => createDeskChannel(story.slug, settled(refresh)))
  // A socket is whose it was when it was opened: once somebody has signed in anew another is opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that is when to begin anew.
  useEffect(() => channel.start(), [channel, isSignedOut])
  const others = useSyncExternalStore(channel.others.subscribe, channel.others.get, () => none)
  const colleagues = useMemo(() => ({ others, setEditing: channel.setEditing }), [others, channel])
  return <ColleaguesContext value={colleagues}>{children}</ColleaguesContext>
}

function settled(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(run, settleMs)
  }
}

/** The names of the colleagues who have the desk open, each once; not this person's own. */
export function useWhoIsHere(): readonly string[] {
  const { personId } = useDesk()
  const { others } = useContext(ColleaguesContext)
  return [...new Map(others.filter(({ id }) => id !== personId).map(({ id, name }) => [id, name])).values()]
}

/** Who else is changing that entry, whoever began last; null if nobody is. */
export function useOtherEditor(entryId: string): Colleague | null {
  const { others } = useContext(ColleaguesContext)
  return others.filter(({ editing }) => editing === entryId).toSorted((one, other) => (one.since < other.since ? 1 : -1))[0] ?? null
}

/**
 * Says that this entry is being changed here for as long as the component is there. Answers who has begun to change it since, at
 * another desk.
 */
export function useEditing(entryId: string): Colleague | null {
  const { setEditing } = useContext(ColleaguesContext)
  const other = useOtherEditor(entryId)
  const [found] = useState(() => other?.since ?? null)
  useEffect(() => {
    setEditing(entryId)
    return () => setEditing(null)
  }, [setEditing, entryId])
  // Whoever was changing it before was asked about, and taken over from; they may take it over again.
  return other && other.since !== found ? other : null
}
