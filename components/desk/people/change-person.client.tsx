'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.client.tsx'
import { Field } from '#components/ui/field.tsx'
import type { ListedPerson } from '#lib/people/listed-person.ts'
import { FailureNotice } from '../failure-notice.tsx'
import styles from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import { changePerson } from './people-api.client.ts'
import { RoleChoice } from './role-choice.client.tsx'

/** Another name or another role. */
export function ChangePerson({ person, onClose, onDone }: { person: ListedPerson; onClose: () => void; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const desk = useTranslations('desk')
  const [name, setName] = useState(person.name)
  const [role, setRole] = useState(person.role)
  const { isSending, failure, run } = useWriting()
  const nameError = useIssue(failure)('name', t('form.name'))

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const answered = await run(() => changePerson(person.id, { name, role }))
    if (answered?.kind !== 'done') return
    onClose()
    onDone(t('change.saved', { name }))
  }
  return (
    <Dialog title={t('change.title', { name: person.name })} closeLabel={desk('close')} onClose={onClose}>
      <form method="post" className={styles.form} onSubmit={onSubmit}>
        <Field label={t('form.name')} hint={t('form.nameHint')} error={nameError}>
          {(control) => (
            <input {...control} required maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <RoleChoice role={role} onChange={setRole} />
        {!nameError && <FailureNotice failure={failure} unreachable={t('form.unreachable')} />}
        <div className={styles.buttons}>
          <Button type="submit" look="main" isBusy={isSending}>
            {t(isSending ? 'change.saving' : 'change.save')}
          </Button>
          <Button onClick={onClose}>{desk('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
