import type { Update } from './update.ts'
import type { View } from './view.ts'

/**
 * The newest of what has become breaking between two states of a view: published as that since, or made so. Null if nothing has;
 * what was only loaded with an older part of the timeline is no news. Costs a look at each loaded update.
 */
export function newlyBreaking(before: View, after: View): Update | null {
  if (before === after || before.epoch !== after.epoch) return null
  const wasOrdinary = (id: string) => loaded(before).some((update) => update.id === id && !update.breaking)
  const isNews = ({ id, seq, breaking, withdrawal }: Update) => breaking && withdrawal === null && (seq > before.head || wasOrdinary(id))
  return loaded(after).find(isNews) ?? null
}

/** Newest first, but for what lies outside of the view's part of the timeline. */
function loaded({ updates, changedOutside = [] }: View): readonly Update[] {
  return [...changedOutside, ...updates]
}
