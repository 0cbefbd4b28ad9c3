'use client'

import { useFormatter, useTranslations } from 'use-intl'
import { channels, type ErasureStep } from '#lib/story/erasure.ts'
import styles from './erasure-proof.module.css'

type Props = {
  steps: readonly ErasureStep[]
  /** No more steps come. */
  isOver: boolean
}

/** How an erasure goes on: what was erased, channel by channel whether it is gone, and what that comes to. */
export function ErasureProof({ steps, isOver }: Props) {
  const t = useTranslations('desk.erase')
  const erased = steps.find((step) => step.kind === 'erased')
  const checked = new Map(steps.flatMap((step) => (step.kind === 'checked' ? [[step.channel, step]] : [])))
  return (
    <div className={styles.proof}>
      {erased && (
        <p>
          {t('erased', { events: erased.events, pictures: erased.pictures })}{' '}
          {erased.picturesKept > 0 && t('picturesKept', { count: erased.picturesKept })}
        </p>
      )}
      <ul className={styles.channels}>
        {channels.map((channel) => {
          const check = checked.get(channel)
          const isGone = check?.left.length === 0
          return (
            <li key={channel} data-state={check ? (isGone ? 'gone' : 'left') : 'waiting'}>
              <span>{t(`channel.${channel}`)}</span>
              <span className={styles.state}>
                {check
                  ? isGone
                    ? t(check.looked > 0 ? 'gone' : 'nothing', { looked: check.looked })
                    : t('left')
                  : t(isOver ? 'notLooked' : 'waiting')}
              </span>
              {check && !isGone && (
                <ul className={styles.left}>
                  {check.left.map((place) => (
                    <li key={place}>{place.startsWith('/') ? <a href={place.replace(/ \(\d+\)$/, '')}>{place}</a> : place}</li>
                  ))}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
      <Verdict steps={steps} isOver={isOver} />
    </div>
  )
}

function Verdict({ steps, isOver }: Props) {
  const t = useTranslations('desk.erase')
  const format = useFormatter()
  const proof = steps.find((step) => step.kind === 'proof')
  if (!proof) return <p role="status">{t(isOver ? 'unproven' : 'looking')}</p>
  const { gone, of } = proof
  const seconds = format.number(proof.ms / 1000, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  return (
    <div role="status">
      <p className={styles.verdict} data-whole={gone === of || undefined}>
        {t('proof', { gone, of, seconds })}
      </p>
      <p>{t(gone === of ? 'kept' : 'next')}</p>
    </div>
  )
}
