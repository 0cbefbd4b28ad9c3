import type { Powers } from '#lib/story/desk.ts'
import type { Draft } from '#lib/story/draft.ts'
import type { Update } from '#lib/story/update.ts'
import type { EntryAction } from './entry-action.ts'

export type BulkList = 'published' | 'queue' | 'drafts' | 'scheduled'
export type Selectable = Draft | Update
export type Offered = Exclude<EntryAction['kind'], 'pin' | 'unpin'>

/** What can be done with several entries of that list by somebody who may do these things. */
export function offered(list: BulkList, can: Powers): readonly Offered[] {
  switch (list) {
    case 'published':
      return [...(can.revises ? (['key', 'notKey'] as const) : []), ...(can.withdraws ? (['withdraw'] as const) : [])]
    case 'queue':
      return can.publishes ? ['publish', 'sendBack', 'discard'] : ['takeBack', 'discard']
    case 'drafts':
      return [can.publishes ? 'publish' : 'submit', 'discard']
    case 'scheduled':
      return can.publishes ? ['publish', 'unschedule'] : []
  }
}

/** In the order in which they stand in a timeline, or would: oldest first. */
export function inTime(entries: readonly Selectable[]): Selectable[] {
  return entries.toSorted((one, other) => timeOf(one).localeCompare(timeOf(other)))
}

/** When it was or is to be published, or was begun. */
function timeOf(entry: Selectable): string {
  return 'publishedAt' in entry ? entry.publishedAt : (entry.publishAt ?? entry.createdAt)
}
