'use client'

import { useState } from 'react'
import type { Answered, Failure } from './desk-api.client.ts'

/** What the page was made with, and what the server says after each `reload`; what is done is said aloud. */
export function useFetched<Value>(initial: Value, load: () => Promise<Answered<Value>>) {
  const [value, setValue] = useState(initial)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [announced, announce] = useState('')

  const reload = async () => {
    const answered = await load()
    if (answered.kind === 'done') setValue(answered.answer)
    setFailure(answered.kind === 'done' ? null : answered)
  }
  /** After a write: says what was done, and shows it. */
  const afterwards = (words: string) => {
    announce(words)
    void reload()
  }
  return { value, failure, announced, reload, afterwards }
}
