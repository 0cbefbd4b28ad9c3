import { lineOf } from './line-of.ts'
import type { Update } from './update.ts'
import type { UpdateLine } from './update-line.ts'

/** The list keeps the newest of them. */
export const mostKeyEvents = 200

/**
 * `list` (newest first) with what the update now is: in it, changed, or no longer in it. Where there are more than the list
 * keeps, one that leaves it makes no room for one that was too old for it: that is seen when the view is read anew.
 */
export function listKeyEvent(list: UpdateLine[], update: Update): UpdateLine[] {
  const known = list.find(({ id }) => id === update.id)
  const isListed = update.key && update.withdrawal === null
  // The same list, where nothing in it changes: most updates are none of it, and what draws it looks whether it is another.
  if (known ? known.version > update.version : !isListed) return list
  const others = list.filter(({ id }) => id !== update.id)
  if (!isListed) return others
  const index = others.findIndex(({ seq }) => seq < update.seq)
  return others.toSpliced(index === -1 ? others.length : index, 0, lineOf(update)).slice(0, mostKeyEvents)
}
