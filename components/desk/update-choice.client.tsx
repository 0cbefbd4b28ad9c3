'use client'

import { useTranslations } from 'use-intl'
import { useMoment } from '#components/ui/moment.tsx'
import type { Update } from '#lib/story/update.ts'
import { firstWords } from './entry-words.ts'
import form from './form.module.css'
import styles from './update-choice.module.css'

type Props = {
  legend: string
  /** Newest first. */
  updates: readonly Update[]
  /** The ids of those that are chosen; some may be of updates that aren't loaded, and stay. */
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  error?: string | null
  isReadOnly?: boolean
}

/** Which updates something rests on, or comes from: any of those that stand. */
export function UpdateChoice({ legend, updates, chosen, onChange, error, isReadOnly = false }: Props) {
  const t = useTranslations('desk')
  const say = useMoment()
  const standing = updates.filter(({ id, withdrawal }) => withdrawal === null || chosen.includes(id))
  const elsewhere = chosen.filter((id) => updates.every((update) => update.id !== id))
  const isError = error !== null && error !== undefined
  if (standing.length + elsewhere.length === 0 && !isError) return null
  return (
    <fieldset className={form.choices}>
      <legend>{t('claims.chosen', { legend, count: chosen.length })}</legend>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.list}>
        {elsewhere.map((id) => (
          <label key={id}>
            <input type="checkbox" disabled={isReadOnly} checked onChange={() => onChange(chosen.filter((each) => each !== id))} />
            <span>{t('claims.notLoaded')}</span>
          </label>
        ))}
        {standing.map((update) => (
          <label key={update.id}>
            <input
              type="checkbox"
              disabled={isReadOnly}
              checked={chosen.includes(update.id)}
              onChange={({ target }) => onChange(target.checked ? [...chosen, update.id] : chosen.filter((id) => id !== update.id))}
            />
            <span>
              {say(update.publishedAt, 'time')} {firstWords(update) || t('drafts.noWords')}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
