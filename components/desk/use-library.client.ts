'use client'

import { useEffect, useRef, useState } from 'react'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import { type Failure, listPictures } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'

/** As long as the next letter takes somebody who types. */
const settleMs = 250

export type Library = {
  /** Null until the first have come. */
  readonly pictures: readonly KeptPicture[] | null
  readonly next: string | null
  /** What is asked of the server: another search, or more of this one. */
  readonly loading: 'search' | 'more' | null
  readonly failure: Failure | null
}

const nothing: Library = { pictures: null, next: null, loading: 'search', failure: null }

/** The pictures of which `words` are said, a page at a time: asked for once nothing has been typed for a moment. */
export function useLibrary(words: string) {
  const { send } = useDesk()
  const [library, setLibrary] = useState(nothing)
  // An answer to what was asked before is nobody's any more.
  const asked = useRef(0)

  const ask = async (before: string | null, shown: readonly KeptPicture[]) => {
    asked.current += 1
    const mine = asked.current
    setLibrary((was) => ({ ...was, loading: before === null ? 'search' : 'more', failure: null }))
    const answered = await send(() => listPictures(words, before))
    if (mine !== asked.current) return
    if (answered.kind !== 'done') return setLibrary((was) => ({ ...was, loading: null, failure: answered }))
    const { pictures, next } = answered.answer
    setLibrary({ pictures: [...shown, ...pictures], next, loading: null, failure: null })
  }

  const search = useRef(() => {})
  useEffect(() => {
    search.current = () => void ask(null, [])
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked again for other words, and for nothing else.
  useEffect(() => {
    const timer = setTimeout(() => search.current(), settleMs)
    return () => clearTimeout(timer)
  }, [words])

  const { pictures, next } = library
  return {
    ...library,
    more: () => void ask(next, pictures ?? []),
    /** Asks once more for what failed. */
    retry: () => (next === null || pictures === null ? search.current() : void ask(next, pictures)),
  }
}
