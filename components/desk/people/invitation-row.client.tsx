'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { useMoment } from '#components/ui/moment.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import type { Invitation } from '#lib/people/invitation.ts'
import { Confirm } from '../confirm.client.tsx'
import { useWriting } from '../use-writing.client.ts'
import styles from './people.module.css'
import { withdrawInvitation } from './people-api.client.ts'

/** Somebody who was invited and hasn't come. */
export function InvitationRow({ invitation, onDone }: { invitation: Invitation; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const say = useMoment()
  const [isAsking, setIsAsking] = useState(false)
  const { isSending, failure, run } = useWriting()
  const { id, email, name, role, invitedBy, createdAt, expiresAt } = invitation
  // What the server thinks of the time would be wrong by the time it is read.
  const isOver = useHydrated() && Date.parse(expiresAt) <= Date.now()

  const onConfirm = async () => {
    const answered = await run(() => withdrawInvitation(id))
    if (answered?.kind !== 'done') return
    setIsAsking(false)
    onDone(t('invitations.withdrawn'))
  }
  return (
    <li className={styles.row}>
      <div className={styles.who}>
        <h3>{name ?? email}</h3>
        {name && <p>{email}</p>}
      </div>
      <p className={styles.facts}>
        <strong>{t(`role.${role}`)}</strong>
        <span>{t('invitations.by', { name: invitedBy, time: say(createdAt, 'time-and-zone') })}</span>
        <span className={isOver ? styles.mark : undefined}>
          {t(isOver ? 'invitations.over' : 'invitations.until', { time: say(expiresAt, 'time-and-zone') })}
        </span>
      </p>
      <div className={styles.buttons}>
        <Button look="quietDanger" aria-label={t('list.about', { action: t('invitations.withdraw'), name: email })} onClick={() => setIsAsking(true)}>
          {t('invitations.withdraw')}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t('invitations.withdrawTitle')}
          text={t('invitations.withdrawText', { email })}
          action={t('invitations.withdraw')}
          look="danger"
          isBusy={isSending}
          failure={failure}
          onConfirm={() => void onConfirm()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </li>
  )
}
