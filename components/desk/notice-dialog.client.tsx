'use client'

import { useState } from 'react'
import { z } from 'zod'
import type { Answered } from './desk-api.client.ts'
import { FormDialog } from './form-dialog.client.tsx'
import { useKept } from './kept.client.ts'
import { TextField } from './text-field.client.tsx'

type Props = {
  words: { title: string; text: string; label: string; hint: string; missing: string; submit: string; busy: string; done: string }
  look: 'main' | 'danger'
  /** The field that the server knows it by. */
  field: string
  /** Under which name what is typed is kept in the browser until it is sent. */
  keptAs: string
  write: (notice: string) => Promise<Answered<unknown>>
  onClose: () => void
}

const keptNotice = z.string()

/** Asks for a sentence that goes with what is done. */
export function NoticeDialog({ words, look, field, keptAs, write, onClose }: Props) {
  const { value, keep } = useKept(keptAs, keptNotice)
  const [isMissing, setIsMissing] = useState(false)
  const notice = value ?? ''
  const isReady = () => {
    setIsMissing(notice.trim() === '')
    return notice.trim() !== ''
  }
  return (
    <FormDialog words={words} look={look} isReady={isReady} write={() => write(notice)} onDone={() => keep(null)} onClose={onClose}>
      {({ isSending, errorAt }) => (
        <>
          <p>{words.text}</p>
          <TextField
            label={words.label}
            hint={words.hint}
            error={isMissing ? words.missing : errorAt(field, words.label)}
            value={notice}
            onChange={(value) => {
              setIsMissing(false)
              keep(value)
            }}
            longest={500}
            rows={3}
            isReadOnly={isSending}
          />
        </>
      )}
    </FormDialog>
  )
}
