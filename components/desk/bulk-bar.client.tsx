'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { AskBulk, type Asked } from './ask-bulk.client.tsx'
import styles from './bulk-bar.module.css'
import { useDesk } from './desk-frame.client.tsx'
import type { EntryAction } from './entry-action.ts'
import { useFailureWords } from './failure-notice.tsx'
import { type BulkList, inTime, type Offered, offered, type Selectable } from './selectable.ts'
import type { BulkRun, useBulk } from './use-bulk.client.ts'

type Props = {
  list: BulkList
  /** In the order of the list. */
  selected: readonly Selectable[]
  /** How many could be. */
  most: number
  bulk: ReturnType<typeof useBulk>
  onAll: () => void
  onNone: () => void
  /** All that was selected is done. */
  onDone: () => void
}

/** How many entries are selected, what can be done with all of them, and how far it has come. */
export function BulkBar({ list, selected, most, bulk: { run, start, stop, clear }, onAll, onNone, onDone }: Props) {
  const t = useTranslations('desk.bulk')
  const { can, announce } = useDesk()
  const [asked, setAsked] = useState<Asked | null>(null)
  const isRunning = run !== null && run.state !== 'ended'

  const act = async (action: EntryAction) => {
    setAsked(null)
    const { of, done } = await start(inTime(selected), action)
    if (done < of) return
    announce(t('allDone', { count: done }))
    clear()
    onDone()
  }
  const begin = (kind: Offered) => {
    if (kind === 'discard' || kind === 'withdraw' || kind === 'sendBack') setAsked(kind)
    else if (kind === 'publish' && selected.some(({ breaking }) => breaking)) setAsked(kind)
    else void act({ kind })
  }

  return (
    <section className={styles.bar} aria-label={t('label')}>
      <div className={styles.count}>
        <p role="status">{run ? <Progress run={run} /> : t('count', { count: selected.length })}</p>
        {isRunning && <progress aria-label={t('progressLabel')} value={run.tried} max={run.of} />}
      </div>
      <div className={styles.buttons}>
        {isRunning ? (
          <Button isBusy={run.state === 'stopping'} onClick={stop}>
            {t(run.state === 'stopping' ? 'stopping' : 'stop')}
          </Button>
        ) : (
          <>
            <Button look="quiet" onClick={selected.length < most ? onAll : onNone}>
              {t(selected.length < most ? 'all' : 'none')}
            </Button>
            {run && selected.length > 0 && <Button onClick={() => void act(run.action)}>{t('again')}</Button>}
            {offered(list, can).map((kind) => (
              <Button
                key={kind}
                look={kind === 'discard' || kind === 'withdraw' ? 'danger' : 'plain'}
                isBusy={selected.length === 0}
                onClick={() => begin(kind)}
              >
                {t(kind === 'publish' && list === 'scheduled' ? 'action.publishNow' : `action.${kind}`)}
              </Button>
            ))}
          </>
        )}
      </div>
      {asked && <AskBulk kind={asked} selected={selected} onSure={(action) => void act(action)} onClose={() => setAsked(null)} />}
    </section>
  )
}

function Progress({ run: { tried, done, of, state, stoppedBy } }: { run: BulkRun }) {
  const t = useTranslations('desk.bulk')
  const say = useFailureWords(t('unreachable'))
  if (state !== 'ended') return t('progress', { done: tried, of })
  return `${t('ended', { done, of })} ${stoppedBy ? say(stoppedBy) : tried < of ? t('stopped') : t('refused')}`
}
