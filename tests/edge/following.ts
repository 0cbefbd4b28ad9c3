import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { createFollower } from '#lib/live/follow.ts'
import { networkTransport } from '#lib/live/network-transport.ts'
import type { View } from '#lib/story/view.ts'

// Browsers have it, and Node from 22 on.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket

export type Page = {
  /** The number of each event and the id of each update, in the order that they were shown. */
  readonly seqs: readonly number[]
  readonly updates: readonly string[]
  /** All that it ever said of its connection. */
  readonly connections: ReadonlySet<string>
  /** How many sockets it has opened. */
  sockets(): number
}

/** A reader's page that follows a story from how it stands now, until the test is over; without a screen. Answers once it is live. */
export async function followStory(url: string, slug: string): Promise<Page> {
  const view = (await (await fetch(`${url}/api/stories/${slug}`)).json()) as View
  const surroundings = { now: Date.now, random: Math.random, setTimeout, clearTimeout: (timer: unknown) => clearTimeout(Number(timer)) }
  const transport = networkTransport(slug, 'reader', url)
  let sockets = 0
  const counting: typeof transport = {
    ...transport,
    openChannel(handlers) {
      sockets += 1
      return transport.openChannel(handlers)
    },
  }
  const follower = createFollower(view, Date.now(), counting, surroundings)
  const seqs: number[] = []
  const updates: string[] = []
  const connections = new Set<string>()
  let { head } = view
  const note = () => {
    const { view: now, connection } = follower.getSnapshot()
    connections.add(connection.kind)
    for (let seq = head + 1; seq <= now.head; seq += 1) seqs.push(seq)
    const fresh = now.updates.filter((update) => update.seq > head)
    updates.push(...fresh.toReversed().map(({ id }) => id))
    head = now.head
  }
  follower.subscribe(note)
  follower.start()
  onTestFinished(() => follower.stop())
  await new Promise<void>((resolve) => {
    const stop = follower.subscribe(() => {
      if (follower.getSnapshot().connection.kind !== 'live') return
      stop()
      resolve()
    })
  })
  return { seqs, updates, connections, sockets: () => sockets }
}
