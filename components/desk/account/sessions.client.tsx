'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { ListedSession } from '#lib/people/account.ts'
import { Confirm } from '../confirm.client.tsx'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { endOtherSessions, endSession } from './account-api.client.ts'

/** Where one is signed in, and the ways to end that elsewhere. */
export function Sessions({ sessions, onDone }: { sessions: readonly ListedSession[]; onDone: (words: string) => void }) {
  const t = useTranslations('people.sessions')
  const list = useTranslations('people.list')
  const say = useMoment()
  const [isAsking, setIsAsking] = useState(false)
  const { isSending, failure, run } = useWriting()
  const deviceOf = ({ browser, system }: ListedSession) => {
    if (browser && system) return t('device', { browser, system })
    return browser ?? system ?? t('unknownDevice')
  }
  const end = async (id: string) => {
    const answered = await run(() => endSession(id))
    if (answered?.kind === 'done') onDone(t('ended'))
  }
  const endOthers = async () => {
    const answered = await run(endOtherSessions)
    if (answered?.kind !== 'done') return
    setIsAsking(false)
    onDone(t('othersEnded'))
  }
  return (
    <section className={styles.section} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul className={styles.list}>
        {sessions.map((session) => (
          <li key={session.id} className={styles.row}>
            <p>
              <strong>{deviceOf(session)}</strong>
              {session.isThis && <span className={styles.mark}>{t('this')}</span>}
              <span>{t('lastUsed', { time: say(session.lastUsedAt, 'time-and-zone') })}</span>
              {session.address && <span>{session.address}</span>}
            </p>
            {!session.isThis && (
              <Button
                look="quietDanger"
                isBusy={isSending}
                aria-label={list('about', { action: t('end'), name: deviceOf(session) })}
                onClick={() => void end(session.id)}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!isAsking && <FailureNotice failure={failure} unreachable={t('unreachable')} />}
      {sessions.length > 1 && (
        <div className={form.buttons}>
          <Button onClick={() => setIsAsking(true)}>{t('endOthers')}</Button>
        </div>
      )}
      {isAsking && (
        <Confirm
          title={t('endOthersTitle')}
          text={t('endOthersText')}
          action={t('endOthers')}
          look="danger"
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void endOthers()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </section>
  )
}
