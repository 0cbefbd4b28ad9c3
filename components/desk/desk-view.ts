import type { View } from '#lib/story/view.ts'

/**
 * What the desk shows: the view it follows, unless the server has told of something newer. Then that, with the older
 * updates that were loaded below it as long as no update is missing between the two.
 */
export function deskView(told: View, followed: View): View {
  if (followed.epoch === told.epoch && followed.head >= told.head) return followed
  const oldest = told.updates.at(-1)
  const newestFollowed = followed.updates[0]
  const meet = followed.epoch === told.epoch && oldest && newestFollowed && newestFollowed.seq >= oldest.seq
  const older = meet ? followed.updates.filter((update) => update.seq < oldest.seq) : []
  return older.length > 0 ? { ...told, updates: [...told.updates, ...older], next: followed.next } : told
}
