'use client'

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { v4 as uuidv4 } from 'uuid'
import { z } from 'zod'
import type { UnsentText } from '#lib/story/unsent.ts'
import { createAutosave, type SaveState } from './autosave.ts'
import { dropUnsent, keepUnsent, listUnsent } from './desk-api.client.ts'
import { useDesk } from './desk-frame.client.tsx'
import { type EntryText, entryText, isBlank, sameText } from './entry-text.ts'
import { keptValue } from './kept.client.ts'
import { later } from './later.client.ts'
import { useLookAgain } from './use-look-again.client.ts'

/** What the same person has typed in another browser and sent nowhere. */
export type TypedElsewhere = { readonly device: string; readonly text: EntryText; readonly savedAt: string }

const keptSource = z.object({ device: z.uuid(), savedAt: z.string() })

/**
 * Keeps a copy of what is typed, which `current` tells, with the server, and says what there is of other browsers. `mayDrop`:
 * nothing that was typed here is still on its way.
 */
export function useAutosave(current: () => EntryText | null, mayDrop: boolean) {
  const { story, personId, send } = useDesk()
  const { slug } = story
  const latest = useRef({ current, mayDrop })
  const [elsewhere, setElsewhere] = useState<readonly TypedElsewhere[]>([])
  const source = useMemo(() => keptValue(`staytuned.taken.${personId}.${slug}`, keptSource), [personId, slug])
  const [autosave] = useState(() =>
    createAutosave({
      current: () => latest.current.current(),
      mayDrop: () => latest.current.mayDrop,
      source,
      save: async (text, movedFrom) => {
        const answered = await keepUnsent(slug, thisDevice(), { personId, text, ...(movedFrom && { movedFrom }) })
        return answered.kind === 'done' ? { kind: 'done', answer: { isMoved: answered.answer.movedTo !== null } } : answered
      },
      drop: () => dropUnsent(slug, thisDevice(), personId),
      later,
    }),
  )
  useEffect(() => {
    latest.current = { current, mayDrop }
    autosave.changed()
  }, [autosave, current, mayDrop])

  const look = useCallback(async () => {
    const answered = await listUnsent(slug, personId)
    if (answered.kind !== 'done') return null
    const { texts } = answered.answer
    const own = texts.find(({ device }) => device === thisDevice())
    autosave.told(own ? typedIn(own) : null, (own?.movedTo ?? null) !== null)
    const typed = latest.current.current()
    const others = texts.flatMap((each) => {
      const text = each.movedTo === null && each !== own ? typedIn(each) : null
      const isNews = text !== null && !isBlank(text) && !(typed && sameText(typed, text))
      return isNews ? [{ device: each.device, text, savedAt: each.savedAt }] : []
    })
    setElsewhere(others)
    return others
  }, [autosave, slug, personId])
  useEffect(() => {
    const stop = autosave.start()
    void look()
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') autosave.now()
    }
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [autosave, look])
  useLookAgain(look)

  const forget = (device: string) => setElsewhere((all) => all.filter((each) => each.device !== device))
  return {
    state: useSyncExternalStore<SaveState>(autosave.state.subscribe, autosave.state.get, () => 'none'),
    /** What was typed here, if it was taken to another browser. */
    moved: useSyncExternalStore(autosave.moved.subscribe, autosave.moved.get, () => null),
    changed: autosave.changed,
    elsewhere,
    /** Takes a text as it is now, if it is still there: `write` puts it where it is to be written on, and answers whether it has. */
    async take({ device, text, savedAt }: TypedElsewhere, write: (text: EntryText) => boolean) {
      const others = await look()
      // Without a network, as it was when it was looked at last.
      const found = others === null ? { device, text, savedAt } : others.find((each) => each.device === device)
      if (!found || !write(found.text)) return
      forget(device)
      source.set({ device, savedAt: found.savedAt })
      autosave.now()
    },
    async throwAway({ device }: TypedElsewhere) {
      const answered = await send(() => dropUnsent(slug, device, personId))
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
