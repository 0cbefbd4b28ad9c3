'use client'

import { useTranslations } from 'use-intl'
import { Field } from '#components/ui/field.tsx'
import { shortestPassword } from '#lib/people/listed-person.ts'

/** Where a new password is set; its form finds it under the name `password`. */
export function PasswordField({ label, error }: { label: string; error: string | null }) {
  const t = useTranslations('people.form')
  return (
    <Field label={label} hint={t('passwordHint', { count: shortestPassword })} error={error}>
      {(control) => (
        <input {...control} type="password" name="password" autoComplete="new-password" required minLength={shortestPassword} maxLength={128} />
      )}
    </Field>
  )
}
