'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { Role } from '#lib/accounts/person.ts'
import type { SentInvitation } from '#lib/people/invitation.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import { invite } from './people-api.client.ts'
import { RoleChoice } from './role-choice.client.tsx'
import { ToldLink } from './told-link.client.tsx'

/** Asks somebody to join; then tells the link by which they do. */
export function Invite({ onClose, onDone }: { onClose: () => void; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const desk = useTranslations('desk')
  const [role, setRole] = useState<Role>('editor')
  const [sent, setSent] = useState<SentInvitation | null>(null)
  const { isSending, failure, run } = useWriting()
  const issueAt = useIssue(failure)
  const emailError = issueAt('email', t('form.email'))
  const nameError = issueAt('name', t('form.name'))

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const email = String(typed.get('email')).trim()
    const answered = await run(() => invite({ email, role, name: String(typed.get('name')).trim() || null }))
    if (answered?.kind !== 'done') return
    setSent(answered.answer)
    onDone(t('invite.done', { email }))
  }
  if (sent) {
    const { invitation, link, mailed } = sent
    return (
      <Dialog title={t('invite.readyTitle')} closeLabel={desk('close')} onClose={onClose}>
        <ToldLink link={link} mailed={mailed} email={invitation.email} expiresAt={invitation.expiresAt} onClose={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog title={t('invite.title')} closeLabel={desk('close')} onClose={onClose}>
      <form method="post" className={styles.form} onSubmit={onSubmit}>
        <Field label={t('form.email')} error={emailError}>
          {(control) => <input {...control} type="email" name="email" required maxLength={200} autoComplete="off" />}
        </Field>
        <Field label={t('form.name')} hint={t('invite.nameHint')} error={nameError}>
          {(control) => <input {...control} name="name" maxLength={80} autoComplete="off" />}
        </Field>
        <RoleChoice role={role} onChange={setRole} />
        {!emailError && !nameError && <FailureNotice failure={failure} unreachable={t('form.unreachable')} />}
        <div className={styles.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {t(isSending ? 'invite.busy' : 'invite.submit')}
          </Button>
          <Button onClick={onClose}>{desk('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
