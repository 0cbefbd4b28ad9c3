'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { BodyContent } from '#components/ui/body-content.tsx'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { WithdrawnUpdate } from '#lib/story/desk.ts'
import { useDesk } from './desk-frame.client.tsx'
import styles from './entry-list.module.css'
import { firstWords } from './entry-words.ts'
import { EraseButton } from './erase-button.client.tsx'
import { useErasing } from './erasing.client.tsx'
import { listErasable } from './erasure-api.client.ts'
import { Loaded } from './loaded.client.tsx'

/** What was taken down: why, and what it said, which nobody but the newsroom sees. `isErased`: something was erased from the story. */
export function Withdrawn({ updates, isErased }: { updates: readonly WithdrawnUpdate[]; isErased: boolean }) {
  const t = useTranslations('desk.withdrawn')
  const { can } = useDesk()
  const ask = useErasing()
  return (
    <>
      {updates.length === 0 && <p className={styles.none}>{t('none')}</p>}
      {updates.length > 0 && (
        <ul className={styles.list}>
          {updates.map((withdrawn) => (
            <Row key={withdrawn.update.id} withdrawn={withdrawn} />
          ))}
        </ul>
      )}
      {can.erases && <WithdrawnFacts />}
      {can.erases && isErased && (
        <div className={styles.ask}>
          <p>{t('erased')}</p>
          <Button onClick={() => ask('look')}>{t('look')}</Button>
        </div>
      )}
    </>
  )
}

/** The claims and questions that were withdrawn, and that nothing but the history has any more; for those who may erase them from it. */
function WithdrawnFacts() {
  const t = useTranslations('desk.withdrawn')
  const { story } = useDesk()
  return (
    <Loaded read={() => listErasable(story.slug)}>
      {({ facts }) => {
        const withdrawn = facts.filter(({ isWithdrawn }) => isWithdrawn)
        if (withdrawn.length === 0) return null
        return (
          <section aria-label={t('facts')} className={styles.part}>
            <h3 className={styles.heading}>{t('facts')}</h3>
            <ul className={styles.list}>
              {withdrawn.map(({ kind, id, title }) => (
                <li key={id} className={styles.entry}>
                  <p id={`withdrawn-${id}`} className={styles.title} lang={story.language}>
                    {title}
                  </p>
                  <div className={styles.actions}>
                    <EraseButton kind={kind} id={id} title={title} describedBy={`withdrawn-${id}`} />
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )
      }}
    </Loaded>
  )
}

function Row({ withdrawn: { update, said } }: { withdrawn: WithdrawnUpdate }) {
  const t = useTranslations('desk.withdrawn')
  const words = useTranslations('desk.drafts')
  const say = useMoment()
  const { story } = useDesk()
  const { withdrawal } = update
  const titleId = useId()
  return (
    <li className={styles.entry}>
      <article aria-label={firstWords(said) || words('noWords')}>
        <p id={titleId} className={styles.title}>
          {withdrawal?.notice}
        </p>
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
        <div className={styles.actions}>
          <EraseButton kind="update" id={update.id} title={firstWords(said) || words('noWords')} describedBy={titleId} />
        </div>
      </article>
    </li>
  )
}
