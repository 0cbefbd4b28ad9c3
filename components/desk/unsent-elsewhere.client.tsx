'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { Confirm } from './confirm.client.tsx'
import type { Answered } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { firstWords } from './entry-words.ts'
import styles from './outbox-list.module.css'
import { TakeBack } from './take-back.tsx'
import type { TypedElsewhere } from './use-autosave.client.ts'
import { useWriting } from './use-writing.client.ts'

type Props = {
  texts: readonly TypedElsewhere[]
  /** Something is being written: nothing can be taken into its place. */
  isWriting: boolean
  onTake: (entry: TypedElsewhere) => void
  onThrowAway: (entry: TypedElsewhere) => Promise<Answered<unknown>>
}

/** What one has typed in another browser and sent nowhere, to be written on here. */
export function UnsentElsewhere({ texts, isWriting, onTake, onThrowAway }: Props) {
  const t = useTranslations('desk.unsent')
  const say = useMoment()
  const { story } = useDesk()
  const { isSending, failure, run } = useWriting()
  const [asked, setAsked] = useState<TypedElsewhere | null>(null)
  if (texts.length === 0) return null
  const throwAway = async (entry: TypedElsewhere) => {
    const answered = await run(() => onThrowAway(entry))
    if (answered?.kind === 'done') setAsked(null)
  }
  return (
    <section className={styles.outbox} aria-label={t('label')}>
      <h3>{t('label')}</h3>
      <ol>
        {texts.map((entry) => (
          <li key={entry.device}>
            <p lang={story.language} className={styles.words}>
              {firstWords({ title: entry.text.title || null, body: entry.text.body }) || t('noWords')}
            </p>
            <p className={styles.state}>{t('savedAt', { time: say(entry.savedAt, 'day-and-time') })}</p>
            <div className={styles.waiting}>
              <TakeBack label={t('take')} isWriting={isWriting} onTakeBack={() => onTake(entry)} />
              <Button look="quiet" onClick={() => setAsked(entry)}>
                {t('throwAway')}
              </Button>
            </div>
          </li>
        ))}
      </ol>
      {asked && (
        <Confirm
          title={t('throwAwayTitle')}
          text={t('throwAwayText')}
          action={t('throwAway')}
          look="danger"
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void throwAway(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
