'use client'

import { useTranslations } from 'use-intl'
import { type Role, role as roles } from '#lib/accounts/person.ts'
import styles from '../form.module.css'

/** The roles with what each may do, of which one is chosen. */
export function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const t = useTranslations('people')
  return (
    <fieldset className={styles.choices}>
      <legend>{t('form.role')}</legend>
      {roles.options.map((each) => (
        <label key={each}>
          <input type="radio" name="role" checked={role === each} onChange={() => onChange(each)} />
          {t(`roleSays.${each}`)}
        </label>
      ))}
    </fieldset>
  )
}
