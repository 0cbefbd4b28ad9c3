'use client'

import { useTranslations } from 'use-intl'
import type { ListedPerson, PersonChanges } from '#lib/people/listed-person.ts'
import { Confirm } from '../confirm.client.tsx'
import { useWriting } from '../use-writing.client.ts'
import { changePerson } from './people-api.client.ts'

export type PersonStep = 'deactivate' | 'reactivate' | 'turnOffTwoFactor'

const steps = {
  deactivate: { words: 'deactivate', changes: { active: false }, look: 'danger' },
  reactivate: { words: 'reactivate', changes: { active: true }, look: 'main' },
  turnOffTwoFactor: { words: 'twoFactorOff', changes: { hasTwoFactor: false }, look: 'danger' },
} as const satisfies Record<PersonStep, { words: string; changes: PersonChanges; look: string }>

type Props = { step: PersonStep; person: ListedPerson; onClose: () => void; onDone: (words: string) => void }

/** Asks before something that the person will feel at once. */
export function PersonStepDialog({ step, person: { id, name, role }, onClose, onDone }: Props) {
  const t = useTranslations('people')
  const { isSending, failure, run } = useWriting()
  const { words, changes, look } = steps[step]
  const onConfirm = async () => {
    const answered = await run(() => changePerson(id, changes))
    if (answered?.kind !== 'done') return
    onClose()
    onDone(t(`${words}.done`, { name }))
  }
  return (
    <Confirm
      title={t(`${words}.title`, { name })}
      text={t(`${words}.text`, { name, role: t(`role.${role}`) })}
      action={t(`list.${step}`)}
      look={look}
      isBusy={isSending}
      failure={failure}
      onConfirm={() => void onConfirm()}
      onClose={onClose}
    />
  )
}
