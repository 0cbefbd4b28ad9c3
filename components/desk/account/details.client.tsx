'use client'

import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import type { Account } from '#lib/people/account.ts'
import { FailureNotice } from '../failure-notice.tsx'
import form from '../form.module.css'
import { useIssue, useWriting } from '../use-writing.client.ts'
import styles from './account.module.css'
import { rename } from './account-api.client.ts'

/** One's name, which can be changed, and one's address and role, which an admin gives. */
export function Details({ account, onDone }: { account: Account; onDone: (words: string) => void }) {
  const t = useTranslations('people')
  const [name, setName] = useState(account.name)
  const [isSaved, setIsSaved] = useState(false)
  const { isSending, failure, run } = useWriting()
  const isHydrated = useHydrated()
  const nameError = useIssue(failure)('name', t('form.name'))

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const answered = await run(() => rename(name.trim()))
    if (answered?.kind !== 'done') return
    setIsSaved(true)
    onDone(t('account.saved'))
  }
  return (
    <section className={styles.section}>
      <p className={styles.facts}>{t('account.facts', { email: account.email, role: t(`role.${account.role}`) })}</p>
      <form method="post" className={form.form} onSubmit={onSubmit}>
        <Field label={t('form.name')} hint={t('account.nameHint')} error={nameError}>
          {(control) => (
            <input
              {...control}
              required
              maxLength={80}
              autoComplete="name"
              readOnly={!isHydrated}
              value={name}
              onChange={(event) => {
                setName(event.target.value)
                setIsSaved(false)
              }}
            />
          )}
        </Field>
        {!nameError && <FailureNotice failure={failure} unreachable={t('form.unreachable')} />}
        <div className={form.buttons}>
          <Button type="submit" isBusy={isSending} disabled={!isHydrated}>
            {t(isSending ? 'account.saving' : 'account.saveName')}
          </Button>
          {isSaved && <span>{t('account.saved')}</span>}
        </div>
      </form>
    </section>
  )
}
