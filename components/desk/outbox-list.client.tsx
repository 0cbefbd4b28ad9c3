'use client'

import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { isProblem } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import { Warning } from './failure-notice.tsx'
import type { Outbox, OutboxState, Outgoing } from './outbox.ts'
import styles from './outbox-list.module.css'
import { TakeBack } from './take-back.tsx'

const waits = { published: 'waits', scheduled: 'draftWaits', draft: 'draftWaits', submitted: 'submittedWaits' } as const

type Props = {
  entries: readonly Outgoing[]
  state: OutboxState
  outbox: Outbox
  /** Something is being written: nothing can be taken back into its place. */
  isWriting: boolean
  onTakeBack: (entry: Outgoing) => void
}

/** What has been written and isn't at the server yet, and why. */
export function OutboxList({ entries, state, outbox, isWriting, onTakeBack }: Props) {
  const t = useTranslations('desk.outbox')
  if (entries.length === 0) return null
  const isSignedOut = state.failure !== null && isProblem(state.failure, 'sign-in-needed')
  return (
    <section className={styles.outbox} aria-label={t('label')}>
      <h3>{t('label')}</h3>
      <ol>
        {entries.map((entry) => (
          <Row key={entry.idempotencyKey} entry={entry} state={state} outbox={outbox} isWriting={isWriting} onTakeBack={onTakeBack} />
        ))}
      </ol>
      {state.failure && (
        <div className={styles.waiting} role="status">
          <p>{t(isSignedOut ? 'signedOut' : 'waiting')}</p>
          <Button onClick={() => outbox.retry()}>{t('retry')}</Button>
        </div>
      )}
    </section>
  )
}

function Row({ entry, state, outbox, isWriting, onTakeBack }: Omit<Props, 'entries'> & { entry: Outgoing }) {
  const t = useTranslations('desk.outbox')
  const { story } = useDesk()
  const { text, as, wasSent, refused } = entry
  const isSending = state.sending === entry.idempotencyKey
  const words = firstWords({ title: text.title || null, body: text.body }) || t('noWords')
  return (
    <li>
      <p lang={story.language} className={styles.words}>
        {words}
      </p>
      {refused ? (
        <Warning text={refused}>
          <Button onClick={() => outbox.retry(entry)}>{t('retry')}</Button>
        </Warning>
      ) : (
        <p className={styles.state}>{t(isSending ? 'sending' : waits[as])}</p>
      )}
      {!isSending && (refused !== null || !wasSent) && (
        <div className={styles.state}>
          <TakeBack isWriting={isWriting} onTakeBack={() => onTakeBack(entry)} />
        </div>
      )}
    </li>
  )
}
