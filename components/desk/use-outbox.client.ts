'use client'

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { isProblem, type NewUpdateText, publishUpdate, signedInPerson, type Written } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { scheduled, written } from './entry-text.ts'
import { keptList } from './kept.client.ts'
import { later } from './later.client.ts'
import { createOutbox, type Outgoing, outgoing, sentFirst } from './outbox.ts'

const none: readonly Outgoing[] = []

/** The outbox of a story and a person: the same in all tabs, of which one sends. */
export function useOutbox(onSent: (entry: Outgoing, answer: Written) => void) {
  const { story, personId, askToSignIn, isSignedOut } = useDesk()
  const { slug, timeZone } = story
  const name = `staytuned.outbox.${personId}.${slug}`
  const kept = useMemo(() => keptList(name, outgoing, ({ idempotencyKey }) => idempotencyKey, sentFirst), [name])
  const latest = useRef({ askToSignIn, onSent })
  useEffect(() => {
    latest.current = { askToSignIn, onSent }
  })
  const [outbox] = useState(() =>
    createOutbox({
      kept,
      send: (entry) => publishUpdate(slug, newUpdate(entry, timeZone), entry.idempotencyKey),
      onSent: (entry, answer) => latest.current.onSent(entry, answer),
      alone: (work) => alone(name, work),
      later,
    }),
  )
  useEffect(() => outbox.start(), [outbox])
  // What one person has written isn't published under the name of another.
  const goOn = useCallback(async () => {
    const answered = await signedInPerson()
    if (answered.kind === 'person' && answered.id === personId) outbox.retry()
  }, [outbox, personId])
  const state = useSyncExternalStore(outbox.state.subscribe, outbox.state.get, outbox.state.get)
  const needsSignIn = state.failure !== null && isProblem(state.failure, 'sign-in-needed')
  // Asked when nothing is being sent: the other tabs would have to wait for the window to be answered.
  useEffect(() => {
    const ask = async () => {
      if (await latest.current.askToSignIn()) await goOn()
    }
    if (needsSignIn) void ask()
  }, [needsSignIn, goOn])
  // Or somebody signs in by themselves, here or in another tab.
  useEffect(() => (isSignedOut ? () => void goOn() : undefined), [isSignedOut, goOn])
  const entries = useSyncExternalStore(kept.subscribe, kept.get, () => none)
  return { outbox, entries, state }
}

function newUpdate({ text, as, hold }: Outgoing, timeZone: string): NewUpdateText {
  const content = { ...written(text, timeZone), pinned: text.pinned }
  if (as === 'published') return { ...content, status: 'published', hold }
  if (as === 'submitted') return { ...content, status: 'submitted' }
  return { ...content, status: 'draft', publishAt: as === 'scheduled' ? scheduled(text, timeZone) : null }
}

async function alone(name: string, work: () => Promise<void>): Promise<void> {
  // Where there are no locks two tabs may both send; the keys make it one all the same.
  if (!navigator.locks) return work()
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
  })
}
