'use client'

import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.client.ts'
import { type AuditFilter, auditActions, auditEvents } from '#lib/people/audit-entry.ts'
import form from '../form.module.css'
import styles from './audit.module.css'

export type Choices = {
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly stories: readonly { readonly slug: string; readonly headline: string }[]
}

type Props = { filter: AuditFilter; choices: Choices; isBusy: boolean; onFind: (filter: AuditFilter) => void }

const actions = [...auditEvents, ...auditActions]

/** What of the log is asked for. Without a script it is sent as the address that the page itself reads. */
export function AuditFilterForm({ filter, choices, isBusy, onFind }: Props) {
  const t = useTranslations('audit')
  const isHydrated = useHydrated()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const given = (name: keyof AuditFilter) => String(typed.get(name) ?? '').trim() || undefined
    onFind({ q: given('q'), person: given('person'), story: given('story'), action: given('action'), day: given('day') })
  }
  return (
    // Anew with another filter: what stands in it is the browser's own until it is sent.
    <form key={JSON.stringify(filter)} method="get" className={styles.filter} aria-label={t('filter.label')} onSubmit={onSubmit}>
      <Field label={t('filter.words')} hint={t('filter.wordsHint')}>
        {(control) => <input {...control} type="search" name="q" maxLength={200} defaultValue={filter.q} />}
      </Field>
      <Field label={t('filter.person')}>
        {(control) => (
          <select {...control} name="person" defaultValue={filter.person ?? ''}>
            <option value="">{t('filter.any')}</option>
            {choices.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('filter.story')}>
        {(control) => (
          <select {...control} name="story" defaultValue={filter.story ?? ''}>
            <option value="">{t('filter.any')}</option>
            {choices.stories.map(({ slug, headline }) => (
              <option key={slug} value={slug}>
                {headline}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('filter.action')}>
        {(control) => (
          <select {...control} name="action" defaultValue={filter.action ?? ''}>
            <option value="">{t('filter.any')}</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {t(`actions.${action}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('filter.day')}>{(control) => <input {...control} type="date" name="day" defaultValue={filter.day} />}</Field>
      <div className={`${form.buttons} ${styles.go}`}>
        <Button type="submit" look="main" isBusy={isBusy}>
          {t(isBusy ? 'filter.busy' : 'filter.apply')}
        </Button>
        {isHydrated && (
          <Button look="quiet" onClick={() => onFind({})}>
            {t('filter.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
