import type { StoredStory } from '#lib/db/rows.ts'

/** Where a story's log stood as something was read of it. */
export type LogPosition = { readonly epoch: number; readonly head: number }

export function positionOf({ epoch, head }: StoredStory): LogPosition {
  return { epoch, head }
}
