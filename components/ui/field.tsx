import { type ReactNode, useId } from 'react'
import styles from './field.module.css'

/** What ties a control to its label, its hint and its error. */
type FieldControl = {
  readonly id: string
  readonly className: string | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

type Props = {
  label: string
  hint?: ReactNode
  /** What is wrong with it; said aloud as it appears. */
  error?: string | null | undefined
  children: (control: FieldControl) => ReactNode
}

/** A labelled control with what helps to fill it in, and what is wrong with it. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({ id, className: styles.control, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

type CheckProps = { label: string; hint?: string; isChecked: boolean; onChange: (isChecked: boolean) => void; isReadOnly?: boolean }

/** A box to tick, the browser's own. */
export function CheckField({ label, hint, isChecked, onChange, isReadOnly = false }: CheckProps) {
  const id = useId()
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        disabled={isReadOnly}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
