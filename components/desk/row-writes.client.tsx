'use client'

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { type Observed, observed } from '#lib/live/observed.ts'
import type { Answered, Failure } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { type ActedOn, type EntryAction, perform } from './entry-action.ts'
import styles from './entry-list.module.css'
import { useFailureWords, Warning } from './failure-notice.tsx'

/** What is being done to an entry, was done and can't be seen yet, or could not be done. */
export type RowWrite =
  | { readonly kind: 'sending'; readonly action: EntryAction }
  /** `at` is when, in ms since 1970. */
  | { readonly kind: 'done'; readonly action: EntryAction; readonly at: number }
  | { readonly kind: 'failed'; readonly action: EntryAction; readonly failure: Failure }

type RowWrites = {
  /** When the server was asked for what the lists show, in ms since 1970. */
  readonly readAt: number
  readonly all: Observed<ReadonlyMap<string, RowWrite>>
  /** Does it, unless something else is being done to that entry: then null is answered. */
  readonly run: (entry: ActedOn, action: EntryAction) => Promise<Answered<unknown> | null>
  readonly leave: (id: string) => void
}

const RowWritesContext = createContext<RowWrites | null>(null)

/**
 * What the rows of the lists send, whichever list is shown. A row shows what the server has, and beside it what it was asked for:
 * nothing is taken for done before it is (docs/decisions/0023-bulk-and-rows.md).
 */
export function RowWritesHere({ readAt, children }: { readAt: number; children: ReactNode }) {
  const t = useTranslations('desk.row')
  const { story, send, announce, refresh } = useDesk()
  const [all] = useState(() => observed<ReadonlyMap<string, RowWrite>>(new Map()))
  const writes = useMemo((): RowWrites => {
    const put = (id: string, write: RowWrite) => all.set(new Map(all.get()).set(id, write))
    return {
      readAt,
      all,
      async run(entry, action) {
        if (all.get().get(entry.id)?.kind === 'sending') return null
        put(entry.id, { kind: 'sending', action })
        const answered = await send(() => perform(story.slug, entry, action))
        const isDone = answered.kind === 'done'
        put(entry.id, isDone ? { kind: 'done', action, at: Date.now() } : { kind: 'failed', action, failure: answered })
        if (isDone) announce(t(`${action.kind}.done`))
        // When it was refused, somebody else has changed it or published it: show what.
        if (answered.kind !== 'unreachable') refresh()
        return answered
      },
      leave: (id) => all.set(new Map([...all.get()].filter(([each]) => each !== id))),
    }
  }, [all, readAt, story.slug, send, announce, refresh, t])
  return <RowWritesContext value={writes}>{children}</RowWritesContext>
}

export function useRowWrites(): RowWrites {
  const writes = useContext(RowWritesContext)
  if (!writes) throw new Error('this belongs inside RowWritesHere')
  return writes
}

/** What is being done to that entry; null once the lists were asked for after it was done, and so show what came of it. */
export function useRowWrite(id: string): RowWrite | null {
  const { all, readAt } = useRowWrites()
  const write = useSyncExternalStore(
    all.subscribe,
    () => all.get().get(id) ?? null,
    () => null,
  )
  return write?.kind === 'done' && write.at <= readAt ? null : write
}

/** Whether nothing else may be done to the entry until this can be seen on it. */
export function isBusy(write: RowWrite | null): boolean {
  return write !== null && write.kind !== 'failed'
}

/** Says what is being done to an entry; and if it failed, why, and offers to try again or to leave it. */
export function RowState({ entry, write }: { entry: ActedOn; write: RowWrite | null }) {
  const t = useTranslations('desk.row')
  const say = useFailureWords(t('unreachable'))
  const { run, leave } = useRowWrites()
  if (write === null) return null
  if (write.kind !== 'failed') return <p className={styles.state}>{t(`${write.action.kind}.${write.kind === 'sending' ? 'doing' : 'done'}`)}</p>
  return (
    <div className={styles.failed}>
      <Warning text={say(write.failure)}>
        <div className={styles.actions}>
          <Button look="quiet" onClick={() => void run(entry, write.action)}>
            {t('again')}
          </Button>
          <Button look="quiet" onClick={() => leave(entry.id)}>
            {t('leave')}
          </Button>
        </div>
      </Warning>
    </div>
  )
}
