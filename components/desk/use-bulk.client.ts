'use client'

import { useRef, useState } from 'react'
import { type Failure, mayPass } from './desk-api.client.ts'
import type { ActedOn, EntryAction } from './entry-action.ts'
import { useRowWrites } from './row-writes.client.tsx'

/** The same being done to several entries, one after the other. */
export type BulkRun = {
  readonly action: EntryAction
  readonly of: number
  /** How many were tried by now, and how many of those were done. */
  readonly tried: number
  readonly done: number
  readonly state: 'running' | 'stopping' | 'ended'
  /** What has ended it before its time: it would have kept all that follow from arriving too. */
  readonly stoppedBy: Failure | null
}

/**
 * Does the same to several entries in their order, by the calls that do it to one. What the server refuses for one of them doesn't
 * keep the others; where nobody answers it ends, so that none overtakes another. `onDone` hears of each that was done.
 */
export function useBulk(onDone: (id: string) => void) {
  const writes = useRowWrites()
  const [run, setRun] = useState<BulkRun | null>(null)
  const isStopped = useRef(false)

  const start = async (entries: readonly ActedOn[], action: EntryAction): Promise<BulkRun> => {
    isStopped.current = false
    let now: BulkRun = { action, of: entries.length, tried: 0, done: 0, state: 'running', stoppedBy: null }
    const put = (change: Partial<BulkRun>) => {
      now = { ...now, ...change }
      setRun({ ...now, state: now.state === 'running' && isStopped.current ? 'stopping' : now.state })
    }
    put({})
    for (const entry of entries) {
      if (isStopped.current || now.stoppedBy) break
      const answered = await writes.run(entry, action)
      const isDone = answered?.kind === 'done'
      if (isDone) onDone(entry.id)
      put({
        tried: now.tried + 1,
        done: now.done + (isDone ? 1 : 0),
        stoppedBy: answered && answered.kind !== 'done' && mayPass(answered) ? answered : null,
      })
    }
    put({ state: 'ended' })
    return now
  }

  return {
    run,
    start,
    /** Lets the one that is on its way arrive, and sends no more. */
    stop() {
      isStopped.current = true
      setRun((now) => now && { ...now, state: 'stopping' })
    },
    clear: () => setRun(null),
  }
}
