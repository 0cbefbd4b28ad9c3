import { randomUUID } from 'node:crypto'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { openFirstStory } from '#lib/newsroom/first-story.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { newStory } from '#lib/story/story.ts'
import { newUpdate } from '#lib/story/update.ts'
import { migrations } from '../databases.ts'
import { editor } from '../newsroom/a-newsroom.ts'
import type { OwnSettings } from '../own-settings.ts'
import { addColleagues } from '../people.ts'

/** A story of the night in which the clocks of Berlin go back from three to two. */
export const nightStory = 'night-of-two-hours'

const times = ['2026-10-24T21:50:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:10:00Z']

/** Writes what a test can't by the API, which publishes now, into an empty database: that story, the first one, and the colleagues. */
export async function writePast({ settings, data }: OwnSettings): Promise<void> {
  const store = await openStore(await openDatabase(settings.DATABASE_URL, data), migrations)
  await addColleagues(store)
  await openFirstStory(store)
  let at = new Date(times[0] ?? '')
  const newsroom = { store, now: () => at }
  await openStory(newsroom, editor, newStory.parse({ headline: 'A long night', slug: nightStory, timeZone: 'Europe/Berlin' }), null)
  for (const [index, time] of times.entries()) {
    at = new Date(time)
    const { kind } = await publishUpdate(newsroom, editor, nightStory, newUpdate.parse({ body: `Reading ${index + 1}.` }), null)
    if (kind !== 'done') throw new Error(`could not publish: ${kind}`)
  }
  await writeReaders(store)
  await store.close()
}

/** An evening's readers, who come, stay and go, in the last two hours. */
async function writeReaders(store: Store): Promise<void> {
  const stored = await store.story(nightStory)
  if (!stored) throw new Error('no story')
  const minute = Math.floor(Date.now() / 60_000)
  for (let ago = 120; ago > 0; ago -= 1) {
    const readers = Math.round(60 + 280 * Math.exp(-(((ago - 45) / 25) ** 2)) + (ago === 45 ? 0 : 9 * Math.sin(ago)) - (ago === 45 ? 0 : 9))
    const at = new Date((minute - ago) * 60_000)
    await store.reach.sample(randomUUID(), at, [{ storyId: stored.story.id, readers }], at)
  }
}
