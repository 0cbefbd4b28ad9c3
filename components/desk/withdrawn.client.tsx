'use client'

import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { WithdrawnUpdate } from '#lib/story/desk.ts'
import { useDesk } from './desk-frame.client.tsx'
import styles from './entry-list.module.css'
import { firstWords } from './entry-words.ts'

/** What was taken down: why, and what it said, which nobody but the newsroom sees. */
export function Withdrawn({ updates }: { updates: readonly WithdrawnUpdate[] }) {
  const t = useTranslations('desk.withdrawn')
  if (updates.length === 0) return <p className={styles.none}>{t('none')}</p>
  return (
    <ul className={styles.list}>
      {updates.map((withdrawn) => (
        <Row key={withdrawn.update.id} withdrawn={withdrawn} />
      ))}
    </ul>
  )
}

function Row({ withdrawn: { update, said } }: { withdrawn: WithdrawnUpdate }) {
  const t = useTranslations('desk.withdrawn')
  const words = useTranslations('desk.drafts')
  const say = useMoment()
  const { story } = useDesk()
  const { withdrawal } = update
  return (
    <li className={styles.entry}>
      <article aria-label={firstWords(said) || words('noWords')}>
        <p className={styles.title}>{withdrawal?.notice}</p>
        <p className={styles.marks}>
          <span>{words('by', { author: update.author, time: say(update.publishedAt, 'day-and-time') })}</span>
          {withdrawal && <span>{t('at', { time: say(withdrawal.at, 'day-and-time') })}</span>}
        </p>
        <details className={styles.said}>
          <summary>{t('said')}</summary>
          <div lang={update.language ?? story.language}>
            {said.title && <h3 className={styles.title}>{said.title}</h3>}
            <BodyContent body={said.body} />
          </div>
        </details>
      </article>
    </li>
  )
}
