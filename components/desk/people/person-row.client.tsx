'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import type { ListedPerson } from '#lib/people/listed-person.ts'
import { ChangePerson } from './change-person.client.tsx'
import styles from './people.module.css'
import { type PersonStep, PersonStepDialog } from './person-step.client.tsx'
import { ResetLinkDialog } from './reset-link.client.tsx'

type Window = 'change' | 'resetLink' | PersonStep

/** One person, what is known of them, and what can be done. */
export function PersonRow({ person, isYou, onDone }: { person: ListedPerson; isYou: boolean; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const say = useMoment()
  const [open, setOpen] = useState<Window | null>(null)
  const { name, email, role, deactivatedAt, lastSeenAt, hasTwoFactor, passkeys } = person
  const isActive = deactivatedAt === null
  const close = () => setOpen(null)
  const opener = (window: Window, look: 'quiet' | 'quietDanger' = 'quiet') => {
    const action = t(`list.${window}`)
    return (
      <Button look={look} aria-label={t('list.about', { action, name })} onClick={() => setOpen(window)}>
        {action}
      </Button>
    )
  }
  return (
    <li className={styles.row} data-inactive={!isActive || undefined}>
      <div className={styles.who}>
        <h3>
          {name} {isYou && <span className={styles.mark}>{t('list.you')}</span>}
        </h3>
        <p>{email}</p>
      </div>
      <p className={styles.facts}>
        <strong>{t(`role.${role}`)}</strong>
        {deactivatedAt !== null && <span className={styles.mark}>{t('list.deactivatedSince', { time: say(deactivatedAt, 'time-and-zone') })}</span>}
        {hasTwoFactor && <span>{t('list.twoFactor')}</span>}
        {passkeys > 0 && <span>{t('list.passkeys', { count: passkeys })}</span>}
        {isActive && <span>{lastSeenAt === null ? t('list.neverSeen') : t('list.lastSeen', { time: say(lastSeenAt, 'time-and-zone') })}</span>}
      </p>
      <div className={styles.buttons}>
        {opener('change')}
        {isActive && !isYou && opener('resetLink')}
        {hasTwoFactor && !isYou && opener('turnOffTwoFactor')}
        {isActive ? !isYou && opener('deactivate', 'quietDanger') : opener('reactivate')}
      </div>
      {open === 'change' && <ChangePerson person={person} onClose={close} onDone={onDone} />}
      {open === 'resetLink' && <ResetLinkDialog person={person} onClose={close} />}
      {(open === 'deactivate' || open === 'reactivate' || open === 'turnOffTwoFactor') && (
        <PersonStepDialog step={open} person={person} onClose={close} onDone={onDone} />
      )}
    </li>
  )
}
