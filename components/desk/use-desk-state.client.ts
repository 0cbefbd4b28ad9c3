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
  const asked = useRef(0)
  const shown = useRef(0)

  const refresh = useCallback(async () => {
    asked.current += 1
    const turn = asked.current
    const at = Date.now()
    const answered = await readDesk(slug)
    // An answer that was overtaken by that to a later question says nothing new.
    if (answered.kind === 'unreachable' || turn < shown.current) return
    shown.current = turn
    if (answered.kind === 'done') {
      setState(answered.answer)
      setReadAt(at)
      setBarred(null)
    } else if (isProblem(answered, 'sign-in-needed')) setBarred('signed-out')
    else if (isProblem(answered, 'forbidden')) setBarred('not-here')
    else if (isProblem(answered, 'no-such-story')) setBarred('gone')
  }, [slug])

  return { state, barred, readAt, refresh: useCallback(() => void refresh(), [refresh]) }
}
