import { type Observed, observed } from '#lib/live/observed.ts'
import { type Answered, mayPass } from './desk-api.client.ts'
import { type EntryText, emptyText, isBlank, sameText } from './entry-text.ts'

// A copy of what is being typed, for the server to keep: the newest state of it alone, as often as is good for both.

/**
 * How what is typed stands to its copy, but for the last seconds. `none`: there's nothing typed, or nothing is known yet. `unsaved`:
 * the server couldn't be reached. `refused`: it doesn't take it.
 */
export type SaveState = 'none' | 'saved' | 'unsaved' | 'refused'

/** The copy that a text was taken from: of which browser, as of when. */
export type Source = { readonly device: string; readonly savedAt: string }

type Settings = {
  /** What is typed now, in whichever tab; null for nothing. */
  readonly current: () => EntryText | null
  /** Nothing that was typed here is still on its way: its copy isn't needed any more. */
  readonly mayDrop: () => boolean
  /** Where the text came from, until the server knows; it outlives the page. */
  readonly source: { get(): Source | null; set(source: Source | null): void }
  /** Answers whether the copy, as it was already there, had been taken to another browser. */
  readonly save: (text: EntryText, source: Source | null) => Promise<Answered<{ isMoved: boolean }>>
  readonly drop: () => Promise<Answered<unknown>>
  /** Calls back after so many ms, or earlier if there may be a network again; answers how to call it off. */
  readonly later: (ms: number, run: () => void) => () => void
}

export type Autosave = {
  readonly state: Pick<Observed<SaveState>, 'get' | 'subscribe'>
  /** The copy, if it was taken to another browser: as long as the same is typed here, it is being written on there. */
  readonly moved: Pick<Observed<EntryText | null>, 'get' | 'subscribe'>
  /** Tells what the server has of this browser, null for nothing, and whether that was taken to another one. */
  told(copy: EntryText | null, isMoved: boolean): void
  /** Something was typed here, or what was is no longer on its way. Costs nothing that grows with the text. */
  changed(): void
  /** Saves what isn't saved yet without waiting for more. */
  now(): void
  /** Goes to work; answers how to stop. */
  start(): () => void
}

/** While somebody types, a copy goes out this often, in ms. */
const everyMs = 3_000
const firstWaitMs = 5_000
const longestWaitMs = 60_000

/** Keeps a copy of what is typed with the server, one call at a time; what doesn't get there is sent again. */
export function createAutosave({ current, mayDrop, source, save, drop, later }: Settings): Autosave {
  const state = observed<SaveState>('none')
  const moved = observed<EntryText | null>(null)
  /** What the server has, as far as is known; undefined as long as nothing is. */
  let kept: EntryText | null | undefined
  /** A copy was sent, and it isn't known whether it is there. */
  let isUnsure = false
  let isStarted = false
  let isSaving = false
  let isAskedNow = false
  let waitMs = firstWaitMs
  let callOff: (() => void) | null = null

  const typed = () => {
    const text = current()
    return text === null || isBlank(text) ? null : text
  }
  const isDue = () => {
    if (source.get() !== null) return true
    const text = typed()
    if (text === null) return (isUnsure || kept != null) && mayDrop()
    return ![kept, moved.get()].some((copy) => copy && sameText(copy, text))
  }
  // Between two copies nothing new is said.
  const settle = () => {
    if (typed() === null) state.set('none')
    else if (!isDue()) state.set('saved')
  }
  const cancel = () => {
    callOff?.()
    callOff = null
  }
  const callBack = (ms: number) => {
    cancel()
    if (isStarted) callOff = later(ms, () => void run())
  }

  const run = async () => {
    cancel()
    if (isSaving) isAskedNow = true
    if (isSaving || !isStarted || !isDue()) return settle()
    isSaving = true
    isAskedNow = false
    const [text, from] = [typed(), source.get()]
    // A text that was taken here and is gone already still has to be marked where it came from.
    const sent = text ?? (from && emptyText)
    const answered: Answered<unknown> = sent ? await saved(sent, from) : await dropped()
    isSaving = false
    if (answered.kind === 'done') {
      waitMs = firstWaitMs
      if (isDue()) callBack(isAskedNow || typed() === null ? 0 : everyMs)
      return settle()
    }
    if (typed() !== null) state.set(mayPass(answered) ? 'unsaved' : 'refused')
    if (mayPass(answered)) {
      callBack(waitMs)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
      // What was refused for what it says is sent again once it says something else.
    } else if (sent && !sameText(sent, typed() ?? emptyText)) callBack(everyMs)
  }

  const saved = async (text: EntryText, from: Source | null) => {
    const answered = await save(text, from)
    if (answered.kind !== 'done') isUnsure = true
    else {
      kept = text
      moved.set(answered.answer.isMoved ? text : null)
      isUnsure = false
      if (source.get()?.savedAt === from?.savedAt) source.set(null)
    }
    return answered
  }
  const dropped = async () => {
    const answered = await drop()
    if (answered.kind === 'done') {
      kept = null
      isUnsure = false
    }
    return answered
  }

  return {
    state,
    moved,
    told(copy, isMoved) {
      // It may be from before what is on its way now.
      if (isSaving) return
      kept = copy
      moved.set(isMoved ? copy : null)
      isUnsure = false
      if (isDue()) callBack(0)
      settle()
    },
    changed() {
      if (typed() === null) {
        state.set('none')
        if (isDue()) callBack(0)
      } else if (!callOff && !isSaving) callBack(everyMs)
    },
    now: () => void run(),
    start() {
      isStarted = true
      return () => {
        isStarted = false
        cancel()
      }
    },
  }
}
