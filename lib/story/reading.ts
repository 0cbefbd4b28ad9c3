import type { Update } from './update.ts'
import type { View } from './view.ts'

/** Where the reader has got to in a story. What has come since waits, so that nothing moves under their eyes. */
export type Reading = {
  /** Updates up to this number are on the page. */
  readonly shownTo: number
  /** Where the line stands between what the reader had seen and what came after; null if there's none. */
  readonly left: Left | null
}

export type Left = {
  /** The number up to which everything had been seen. */
  readonly seq: number
  /** When that was, in ms since 1970. */
  readonly at: number
}

/** A page that was just opened shows what it was made with. */
export function beginReading(view: View): Reading {
  return { shownTo: view.head, left: null }
}

export type ReadingAction =
  /** The view has changed. `canSlideIn` says whether the reader looks at the place where new updates appear. */
  | { readonly kind: 'changed'; readonly view: View; readonly canSlideIn: boolean }
  /** The reader wants to see what waits. */
  | { readonly kind: 'show'; readonly view: View; readonly now: number }
  /** The reader was away and is back. */
  | { readonly kind: 'returned'; readonly left: Left }

/** The reducer of the live timeline. */
export function readOn(reading: Reading, action: ReadingAction): Reading {
  switch (action.kind) {
    case 'changed':
      return action.canSlideIn || !isAnythingShown(action.view, reading) ? shownAll(reading, action.view) : reading
    case 'show': {
      const isNew = waitingUpdates(action.view, reading).length > 0
      return shownAll(isNew ? { ...reading, left: { seq: reading.shownTo, at: action.now } } : reading, action.view)
    }
    case 'returned':
      return { ...reading, left: action.left }
  }
}

function shownAll(reading: Reading, { head }: View): Reading {
  return head === reading.shownTo ? reading : { ...reading, shownTo: head }
}

/** A view that was read anew may hold nothing of what was on the page. */
function isAnythingShown({ updates }: View, { shownTo }: Reading): boolean {
  return updates.length === 0 || updates.some(({ seq }) => seq <= shownTo)
}

/** The updates that are on the page, newest first: the view's own list if nothing waits. */
export function shownUpdates({ updates }: View, { shownTo }: Reading): readonly Update[] {
  const [newest] = updates
  return newest && newest.seq > shownTo ? updates.filter(({ seq }) => seq <= shownTo) : updates
}

/** The updates that wait to be seen, newest first, whether or not they are in the view's part of the timeline. */
export function waitingUpdates({ updates, changedOutside = [], show }: View, { shownTo }: Reading): Update[] {
  const waits = ({ seq, withdrawal, key }: Update) => seq > shownTo && withdrawal === null && (show === 'all' || key)
  return [...changedOutside.filter(waits), ...updates.filter(waits)].toSorted((one, other) => other.seq - one.seq)
}

/** Whether the line between what was seen and what came after stands between these two neighbours, in either order. */
export function isLeftBetween(left: Left | null, one: Update | undefined, other: Update): boolean {
  if (left === null || one === undefined) return false
  return Math.min(one.seq, other.seq) <= left.seq && left.seq < Math.max(one.seq, other.seq)
}
