'use client'

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import type { UnsentText } from '#lib/story/unsent.ts'
import { createAutosave, type SaveState } from './autosave.ts'
import { dropUnsent, keepUnsent, listUnsent } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { type EntryText, entryText, isBlank, sameText } from './entry-text.ts'
import { keptValue } from './kept.client.ts'
import { later } from './later.client.ts'

/** What the same person has typed in another browser and sent nowhere. */
export type TypedElsewhere = { readonly device: string; readonly text: EntryText; readonly savedAt: string }

/**
 * Keeps a copy of what is typed with the server, and says what there is of other browsers. `mayDrop`: nothing that was typed here
 * is still on its way.
 */
export function useAutosave(current: () => EntryText | null, mayDrop: boolean) {
  const { story, personId, send } = useDesk()
  const { slug } = story
  const latest = useRef({ current, mayDrop })
  const [elsewhere, setElsewhere] = useState<readonly TypedElsewhere[]>([])
  const [autosave] = useState(() =>
    createAutosave({
      current: () => latest.current.current(),
      mayDrop: () => latest.current.mayDrop,
      save: (text, movedFrom) => keepUnsent(slug, thisDevice(), { personId, text, movedFrom }),
      drop: () => dropUnsent(slug, thisDevice()),
      later,
    }),
  )
  useEffect(() => {
    latest.current = { current, mayDrop }
    if (mayDrop) autosave.changed()
  }, [autosave, current, mayDrop])

  const look = useCallback(async () => {
    const answered = await listUnsent(slug)
    if (answered.kind !== 'done') return
    const { texts } = answered.answer
    const own = texts.find(({ device }) => device === thisDevice())
    autosave.told(own ? typedIn(own) : null, (own?.movedTo ?? null) !== null)
    const typed = latest.current.current()
    setElsewhere(
      texts.flatMap((each) => {
        const text = each.movedTo === null && each !== own ? typedIn(each) : null
        const isNews = text !== null && !isBlank(text) && !(typed && sameText(typed, text))
        return isNews ? [{ device: each.device, text, savedAt: each.savedAt }] : []
      }),
    )
  }, [autosave, slug])
  useEffect(() => {
    void look()
    const onVisibility = () => {
      if (document.visibilityState === 'visible') void look()
      else autosave.now()
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      autosave.stop()
    }
  }, [autosave, look])

  const forget = (device: string) => setElsewhere((all) => all.filter((each) => each.device !== device))
  return {
    state: useSyncExternalStore<SaveState>(autosave.state.subscribe, autosave.state.get, () => 'none'),
    changed: autosave.changed,
    elsewhere,
    /** It is in the composer here. */
    taken({ device }: TypedElsewhere) {
      forget(device)
      autosave.changed(device)
      autosave.now()
    },
    async throwAway({ device }: TypedElsewhere) {
      const answered = await send(() => dropUnsent(slug, device))
      if (answered.kind === 'done') forget(device)
      return answered
    },
  }
}

/** Null for what no version of the desk that is known here has written. */
function typedIn({ text }: UnsentText): EntryText | null {
  const parsed = entryText.safeParse(text)
  return parsed.success ? parsed.data : null
}

const deviceId = keptValue('staytuned.device', z.uuid())

/** The number that this browser gives itself; where it keeps nothing, each page is a browser of its own. */
function thisDevice(): string {
  const known = deviceId.get()
  if (known) return known
  const made = uuidv4()
  deviceId.set(made)
  return made
}
