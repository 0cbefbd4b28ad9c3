'use client'

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { type NewUpdateText, publishUpdate, type Written } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { scheduled, written } from './entry-text.ts'
import { keptValue } from './kept.client.ts'
import { createOutbox, type Outgoing, outgoings } from './outbox.ts'

const none: readonly Outgoing[] = []

/** The outbox of a story and a person: the same in all tabs, of which one sends. */
export function useOutbox(onSent: (entry: Outgoing, answer: Written) => void) {
  const { story, personId, send, isSignedOut } = useDesk()
  const { slug, timeZone } = story
  const name = `staytuned.outbox.${personId}.${slug}`
  const kept = useMemo(() => keptValue(name, outgoings), [name])
  const latest = useRef({ send, onSent })
  useEffect(() => {
    latest.current = { send, onSent }
  })
  const [outbox] = useState(() =>
    createOutbox({
      kept,
      send: (entry) => latest.current.send(() => publishUpdate(slug, newUpdate(entry, timeZone), entry.idempotencyKey)),
      onSent: (entry, answer) => latest.current.onSent(entry, answer),
      alone: (work) => alone(name, work),
      later,
    }),
  )
  useEffect(() => outbox.start(), [outbox])
  // Whoever has signed in again wants to see it go.
  useEffect(() => {
    if (!isSignedOut) outbox.retry()
  }, [outbox, isSignedOut])
  const entries = useSyncExternalStore(kept.subscribe, kept.get, () => null) ?? none
  const state = useSyncExternalStore(outbox.state.subscribe, outbox.state.get, outbox.state.get)
  return { outbox, entries, state }
}

function newUpdate({ text, as, hold }: Outgoing, timeZone: string): NewUpdateText {
  const content = written(text, timeZone)
  if (as === 'published') return { ...content, status: 'published', hold }
  return { ...content, status: 'draft', publishAt: as === 'scheduled' ? scheduled(text, timeZone) : null }
}

async function alone(name: string, work: () => Promise<void>): Promise<void> {
  // Where there are no locks two tabs may both send; the keys make it one all the same.
  if (!navigator.locks) return work()
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
  })
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  window.addEventListener('online', run)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('online', run)
  }
}
