'use client'

import { Field } from '#components/ui/field.tsx'

type Props = {
  label: string
  hint?: string
  error: string | null
  value: string
  onChange: (value: string) => void
  /** In characters. */
  longest?: number
  /** More than one, if it may have lines. */
  rows?: number
  /** Where it is what readers read: the story's language. */
  lang?: string
  isReadOnly: boolean
}

/** A labelled text of one line or of several. */
export function TextField({ label, hint, error, value, onChange, longest, rows = 1, lang, isReadOnly }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => {
        const props = { ...control, maxLength: longest, lang, readOnly: isReadOnly, value }
        return rows > 1 ? (
          <textarea {...props} rows={rows} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <input {...props} onChange={(event) => onChange(event.target.value)} />
        )
      }}
    </Field>
  )
}
