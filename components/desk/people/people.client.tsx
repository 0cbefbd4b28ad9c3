'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Warning } from '../failure-notice.tsx'
import { InvitationRow } from './invitation-row.client.tsx'
import { Invite } from './invite.client.tsx'
import styles from './people.module.css'
import { PersonRow } from './person-row.client.tsx'
import { type PeopleLists, usePeople } from './use-people.client.ts'

/** Everybody who may sign in, who was invited, and what can be done about either. */
export function People({ initial, personId }: { initial: PeopleLists; personId: string }) {
  const t = useTranslations('people')
  const { value, failure, announced, reload, afterwards } = usePeople(initial)
  const { people, invitations } = value
  const [isInviting, setIsInviting] = useState(false)
  return (
    <>
      <div className={styles.head}>
        <p className={styles.intro}>{t('intro')}</p>
        <Button look="main" onClick={() => setIsInviting(true)}>
          {t('invite.open')}
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      {failure && (
        <Warning text={t('list.stale')}>
          <Button onClick={() => void reload()}>{t('list.loadAgain')}</Button>
        </Warning>
      )}
      {invitations.length > 0 && (
        <section className={styles.section} aria-label={t('invitations.label')}>
          <h2>{t('invitations.label')}</h2>
          <p className={styles.hint}>{t('invitations.again')}</p>
          <ul className={styles.list}>
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} onDone={afterwards} />
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section} aria-label={t('list.label')}>
        <h2>{t('list.label')}</h2>
        <ul className={styles.list}>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} isYou={person.id === personId} onDone={afterwards} />
          ))}
        </ul>
      </section>
      {isInviting && <Invite onClose={() => setIsInviting(false)} onDone={afterwards} />}
    </>
  )
}
