'use client'

import { useEffect, useRef, useState } from 'react'
import type { KeptPicture, PictureChanges } from '#lib/story/kept-picture.ts'
import { describePicture, type Failure } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'

/** What is kept with a picture of what is said of it here. */
type KeptWords = Pick<KeptPicture, 'alt' | 'credit' | 'focus'>

/**
 * Keeps what was changed here with the picture too, for whoever uses it next: `keep` sends what differs from when it was last
 * kept, and so does leaving the page's part. The update itself has it in any case.
 */
export function useKeptWords(pictureId: string, words: KeptWords) {
  const { send } = useDesk()
  const [failure, setFailure] = useState<Failure | null>(null)
  const kept = useRef(words)
  const keep = async () => {
    const before = kept.current
    const changes = changesBetween(before, words)
    if (Object.keys(changes).length === 0) return
    kept.current = words
    const answered = await send(() => describePicture(pictureId, changes))
    if (answered.kind !== 'done') kept.current = before
    setFailure(answered.kind === 'done' ? null : answered)
  }

  const latest = useRef(keep)
  useEffect(() => {
    latest.current = keep
  })
  useEffect(() => () => void latest.current(), [])
  return { keep, failure }
}

/** What isn't said, because it is said to be decoration here, may be said elsewhere. */
function changesBetween(before: KeptWords, now: KeptWords): PictureChanges {
  return {
    ...(now.alt === before.alt || now.alt.trim() === '' ? {} : { alt: now.alt }),
    ...(now.credit === before.credit ? {} : { credit: now.credit }),
    ...(JSON.stringify(now.focus) === JSON.stringify(before.focus) ? {} : { focus: now.focus }),
  }
}
