import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { mostHold } from '#lib/story/update.ts'
import styles from './held.module.css'

/** For how many seconds somebody's updates can be called back. */
export const holdChoice = z.int().min(0).max(mostHold)
export const usualHold = 5

const choices = [0, 5, 10, 20, mostHold]

/** How long what is published can still be called back: for each person as they like it. */
export function HoldChoice({ hold, onChange }: { hold: number; onChange: (hold: number) => void }) {
  const t = useTranslations('desk.held')
  const id = useId()
  return (
    <span className={styles.choice}>
      <label htmlFor={id}>{t('label')}</label>
      <select id={id} value={hold} onChange={(event) => onChange(Number(event.target.value))}>
        {choices.map((seconds) => (
          <option key={seconds} value={seconds}>
            {t('seconds', { count: seconds })}
          </option>
        ))}
      </select>
    </span>
  )
}
