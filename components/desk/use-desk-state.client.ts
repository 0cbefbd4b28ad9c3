'use client'

import { useCallback, useRef, useState } from 'react'
import type { DeskState } from '#lib/story/desk.ts'
import { isProblem, readDesk } from './desk-api.client.ts'

/** Why the desk isn't shown as it is now: the session has ended, the person may not see it any more, the story isn't there. */
export type Barred = 'signed-out' | 'not-here' | 'gone'

/**
 * What the desk shows, and how to read it anew. What is on the page stays there whatever the answer, or none: somebody may be in
 * the middle of a word.
 */
export function useDeskState(asRead: DeskState) {
  const [state, setState] = useState(asRead)
  const [barred, setBarred] = useState<Barred | null>(null)
  /** When the server was asked for what is shown, in ms since 1970; 0 for what the page was made with. */
  const [readAt, setReadAt] = useState(0)
  const { slug } = state.view.story
  const isReading = useRef(false)
  const isAskedFor = useRef(false)

  const read = useCallback(async () => {
    const at = Date.now()
    const answered = await readDesk(slug)
    if (answered.kind === 'done') {
      setState(answered.answer)
      setReadAt(at)
      setBarred(null)
    } else if (isProblem(answered, 'sign-in-needed')) setBarred('signed-out')
    else if (isProblem(answered, 'forbidden')) setBarred('not-here')
    else if (isProblem(answered, 'no-such-story')) setBarred('gone')
  }, [slug])

  // One at a time, so that no answer overtakes another; what is asked for meanwhile is one more, however often it is.
  const refresh = useCallback(async () => {
    isAskedFor.current = true
    if (isReading.current) return
    isReading.current = true
    while (isAskedFor.current) {
      isAskedFor.current = false
      await read()
    }
    isReading.current = false
  }, [read])

  return { state, barred, readAt, refresh: useCallback(() => void refresh(), [refresh]) }
}
