import { type Observed, observed } from '#lib/live/observed.ts'
import { type Answered, mayPass } from './desk-api.client.ts'
import { type EntryText, isBlank, sameText } from './entry-text.ts'

// A copy of what is being typed, for the server to keep: the newest state of it alone, as often as is good for both.

/**
 * How what is typed stands to its copy. `none`: there's nothing typed, or nothing is known yet. `moved`: it was taken to another
 * browser, and nothing has been typed here since.
 */
export type SaveState = 'none' | 'saved' | 'unsaved' | 'moved'

type Settings = {
  /** What is typed now; null for nothing. */
  readonly current: () => EntryText | null
  /** Whether the copy of what is typed no longer may go: what it became may be on its way still. */
  readonly mayDrop: () => boolean
  /** `movedFrom` is the browser that the text was taken from. */
  readonly save: (text: EntryText, movedFrom: string | undefined) => Promise<Answered<unknown>>
  readonly drop: () => Promise<Answered<unknown>>
  /** Calls back after so many ms, or earlier if there may be a network again; answers how to call it off. */
  readonly later: (ms: number, run: () => void) => () => void
}

export type Autosave = {
  readonly state: Pick<Observed<SaveState>, 'get' | 'subscribe'>
  /** Tells what the server has of this browser, null for nothing, and whether that was taken to another one. */
  told(copy: EntryText | null, wasMoved: boolean): void
  /** Something was typed, or taken from another browser, whose copy is then marked as moved. */
  changed(movedFrom?: string): void
  /** Saves what isn't saved yet without waiting for more. */
  now(): void
  stop(): void
}

/** While somebody types, a copy goes out this often, in ms. */
const everyMs = 3_000
const firstWaitMs = 5_000
const longestWaitMs = 60_000

/** Keeps a copy of what is typed with the server, one call at a time; what doesn't get there is sent again. */
export function createAutosave({ current, mayDrop, save, drop, later }: Settings): Autosave {
  const state = observed<SaveState>('none')
  /** What the server has, as far as is known; undefined as long as nothing is. */
  let kept: EntryText | null | undefined
  /** A copy was sent, and it isn't known whether it is there. */
  let isUnsure = false
  let movedFrom: string | undefined
  let isMoved = false
  let isSaving = false
  let waitMs = firstWaitMs
  let callOff: (() => void) | null = null

  const typed = () => {
    const text = current()
    return text === null || isBlank(text) ? null : text
  }
  const isDue = () => {
    const text = typed()
    if (isMoved) return false
    return text === null ? (isUnsure || kept != null) && mayDrop() : movedFrom !== undefined || !kept || !sameText(text, kept)
  }
  const settle = () => {
    if (typed() === null) state.set('none')
    else if (isMoved) state.set('moved')
    // Between two copies nothing new is said.
    else if (!isDue()) state.set('saved')
    else if (state.get() === 'moved') state.set('none')
  }
  const callBack = (ms: number) => {
    callOff?.()
    callOff = later(ms, () => void run())
  }

  const run = async () => {
    callOff?.()
    callOff = null
    if (isSaving || !isDue()) return settle()
    isSaving = true
    const [text, from] = [typed(), movedFrom]
    const answered = await (text === null ? drop() : save(text, from))
    isSaving = false
    if (answered.kind === 'done') {
      kept = text
      isUnsure = false
      waitMs = firstWaitMs
      if (movedFrom === from) movedFrom = undefined
      if (isDue()) callBack(everyMs)
      return settle()
    }
    isUnsure = true
    if (typed() !== null) state.set('unsaved')
    // What was refused for what it says is sent again once it says something else.
    if (!mayPass(answered)) return
    callBack(waitMs)
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }

  return {
    state,
    told(copy, wasMoved) {
      // It may be from before what is on its way now.
      if (isSaving) return
      const text = typed()
      kept = copy
      isUnsure = false
      isMoved = wasMoved && text !== null && copy !== null && sameText(copy, text)
      if (isDue()) callBack(0)
      settle()
    },
    changed(from) {
      isMoved = false
      if (from !== undefined) movedFrom = from
      if (typed() === null) movedFrom = undefined
      settle()
      if (!callOff && !isSaving) callBack(everyMs)
    },
    now: () => void run(),
    stop: () => callOff?.(),
  }
}
