import type { Changes } from './contract.ts'
import { getJson } from './get-json.ts'

/** What a reader missed, counted. */
export type Missed = Extract<Changes, { updates: number }>

/** What happened in a story after number `after`; null if it can't be told, or can't be had now. */
export async function fetchChanges(slug: string, epoch: number, after: number): Promise<Missed | null> {
  const json = await getJson(`/api/stories/${encodeURIComponent(slug)}/changes?epoch=${epoch}&after=${after}`)
  return json !== 'gone' && json !== null && isMissed(json.value) ? json.value : null
}

function isMissed(value: unknown): value is Missed {
  return typeof value === 'object' && value !== null && 'updates' in value && typeof value.updates === 'number'
}
