'use client'

import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answered, Failure } from './desk-api.client.ts'

export type Writing = { readonly kind: 'idle' | 'sending' } | Failure

/** One write at a time, and how the last one ended. While one is on its way another isn't begun, and null is answered. */
export function useWriting() {
  const [writing, setWriting] = useState<Writing>({ kind: 'idle' })
  // Two clicks can come before the state of the first is seen.
  const isSending = useRef(false)

  const run = async <Answer>(write: () => Promise<Answered<Answer>>): Promise<Answered<Answer> | null> => {
    if (isSending.current) return null
    isSending.current = true
    setWriting({ kind: 'sending' })
    const answered = await write()
    isSending.current = false
    setWriting(answered.kind === 'done' ? { kind: 'idle' } : answered)
    return answered
  }

  return {
    writing,
    isSending: writing.kind === 'sending',
    failure: writing.kind === 'problem' || writing.kind === 'unreachable' ? writing : null,
    run,
    clear: () => setWriting({ kind: 'idle' }),
  }
}

/** Says what the server found wrong with a field, by the name that the field has on screen; null if it wasn't that. */
export function useIssue(failure: Failure | null): (path: string, field: string) => string | null {
  const t = useTranslations('desk')
  return (path, field) => {
    if (failure?.kind !== 'problem') return null
    const issue = failure.problem.issues?.find((each) => each.path === path || each.path.startsWith(`${path}.`))
    return issue ? t('issue', { field, message: issue.message }) : null
  }
}
