import type { Store } from '#lib/db/store.ts'
import { canCatchUp } from '#lib/story/merge.ts'
import { partOf } from '#lib/story/story-part.ts'
import type { SharedAddress } from './shared-address.ts'

/** Query parameters that are places in the story. */
const places = ['before', 'after', 'around', 'at', 'part', 'epoch']

/** An epoch that no story reaches: all requests for a wrong epoch share its response. */
const noEpoch = '2147483646'

/** Whether the response depends on a place in the story, which {@link settledAddress} has to look up. */
export function hasPlace({ address }: SharedAddress): boolean {
  const query = address.split('?')[1]
  return query !== undefined && places.some((name) => new URLSearchParams(query).has(name))
}

/**
 * Returns the canonical address among all that get the same response as the story stands now: numbers beyond the log become its end,
 * unknown updates are dropped, and a moment becomes that of the next update. One query; two with `around` or `at`.
 */
export async function settledAddress(store: Store, { address, slug }: SharedAddress): Promise<string> {
  const [path = '', query = ''] = address.split('?')
  const asked = new URLSearchParams(query)
  const stored = slug === null ? null : await store.story(slug)
  const rereading = `${path}?epoch=${noEpoch}&after=0`
  if (!stored || stored.story.status === 'draft') return asked.has('epoch') ? rereading : path
  const { head, epoch, story } = stored

  if (asked.has('epoch')) {
    const isToldByEvents = Number(asked.get('epoch')) === epoch && canCatchUp(stored, Number(asked.get('after')))
    return isToldByEvents ? address : rereading
  }
  const clamp = (name: string, most: number) => {
    if (Number(asked.get(name)) > most) asked.set(name, String(most))
  }
  clamp('before', head + 1)
  clamp('after', head)
  clamp('part', partOf(head))
  // The first part has no number.
  if (asked.get('part') === '1') asked.delete('part')
  const around = asked.get('around')
  if (around !== null) {
    if (/^\d+$/.test(around)) clamp('around', head)
    else if ((await store.update(story.id, around))?.kind !== 'published') asked.delete('around')
  }
  const at = asked.get('at')
  if (at !== null) {
    const first = await store.firstSince(story.id, new Date(at))
    if (first === null) asked.delete('at')
    else asked.set('at', first.at)
  }
  return asked.size === 0 ? path : `${path}?${asked}`
}
