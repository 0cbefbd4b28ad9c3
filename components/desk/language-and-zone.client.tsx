'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '#components/ui/field.tsx'
import styles from './form.module.css'
import { useTimeZones } from './time-zones.client.ts'

type Props = {
  language: string
  timeZone: string
  onChange: (changes: { language?: string; timeZone?: string }) => void
  isReadOnly?: boolean
  errorAt: (path: string, field: string) => string | null
}

/** What language a story is in, and whose clock it keeps. */
export function LanguageAndZone({ language, timeZone, onChange, isReadOnly = false, errorAt }: Props) {
  const t = useTranslations('desk.newStory')
  const zones = useTimeZones()
  const zoneList = useId()
  const plain = { required: true, autoCapitalize: 'none', spellCheck: false, readOnly: isReadOnly } as const
  return (
    <div className={styles.pair}>
      <Field label={t('language')} hint={t('languageHint')} error={errorAt('language', t('language'))}>
        {(control) => <input {...control} {...plain} value={language} onChange={(event) => onChange({ language: event.target.value })} />}
      </Field>
      <Field label={t('timeZone')} hint={t('timeZoneHint')} error={errorAt('timeZone', t('timeZone'))}>
        {(control) => (
          <input {...control} {...plain} list={zoneList} value={timeZone} onChange={(event) => onChange({ timeZone: event.target.value })} />
        )}
      </Field>
      <datalist id={zoneList}>
        {zones.all.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  )
}
