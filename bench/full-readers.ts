import { WebSocket } from 'ws'
import { createFollower } from '#lib/live/follow.ts'
import { networkTransport } from '#lib/live/network-transport.ts'
import type { View } from '#lib/story/view.ts'
import type { Belongings } from './belongings.ts'
import { pause } from './clock.ts'

globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket

/**
 * A few readers with the code of our own pages, as truth: each folds what comes into its view. Answers how many of them have, in the end,
 * another view than one who opens the page then.
 */
export async function startFullReaders(
  url: string,
  slug: string,
  count: number,
  own: Belongings,
): Promise<{ wrong(withinMs: number): Promise<number> }> {
  const view = await readView(url, slug)
  const surroundings = { now: Date.now, random: Math.random, setTimeout, clearTimeout: (timer: unknown) => clearTimeout(Number(timer)) }
  const followers = Array.from({ length: count }, () => createFollower(view, Date.now(), networkTransport(slug, 'reader', url), surroundings))
  for (const follower of followers) {
    follower.start()
    own.add(() => follower.stop())
  }
  while (followers.some((follower) => follower.getSnapshot().connection.kind !== 'live')) await pause(20)
  return {
    async wrong(withinMs) {
      const expected = await readView(url, slug)
      const end = Date.now() + withinMs
      const lacking = () => followers.filter((follower) => !isSame(follower.getSnapshot().view, expected)).length
      while (lacking() > 0 && Date.now() < end) await pause(20)
      return lacking()
    },
  }
}

async function readView(url: string, slug: string): Promise<View> {
  const answer = await fetch(`${url}/api/stories/${slug}`)
  if (!answer.ok) throw new Error(`the story was answered with ${answer.status}`)
  return (await answer.json()) as View
}

/** As far as the newest updates reach that both have: who stays has more of the older ones. */
function isSame(view: View, expected: View): boolean {
  const newest = view.updates.slice(0, expected.updates.length)
  return view.epoch === expected.epoch && view.head === expected.head && JSON.stringify(newest) === JSON.stringify(expected.updates)
}
