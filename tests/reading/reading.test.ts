import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { pinUpdate } from '#lib/newsroom/pin-update.ts'
import { reviseStory } from '#lib/newsroom/revise-story.ts'
import { reviseUpdate } from '#lib/newsroom/revise-update.ts'
import { withdrawUpdate } from '#lib/newsroom/withdraw-update.ts'
import { catchUp, mostCaughtUp } from '#lib/reading/catch-up.ts'
import { readHealth } from '#lib/reading/read-health.ts'
import { readAllStories, readStories } from '#lib/reading/read-stories.ts'
import { readPage } from '#lib/reading/read-timeline.ts'
import { readUpdate } from '#lib/reading/read-update.ts'
import { readDesk, readView } from '#lib/reading/read-view.ts'
import { addPage, applyEvent } from '#lib/story/fold.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { editor, logOf, openedStory, publish } from '../newsroom/a-newsroom.ts'
import { foldOf, seen } from '../story/history.ts'

describe.each(databaseKinds)('a reader of the %s database', (kind) => {
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date() }
  })
  afterAll(() => close())

  async function publishMany(slug: string, count: number) {
    const ids: string[] = []
    for (let number = 0; number < count; number += 1) ids.push((await publish(newsroom, slug, `Update ${number}`)).id)
    return ids
  }

  test('sees the whole story by reading on, whatever the newsroom does meanwhile', async () => {
    const slug = await openedStory(newsroom)
    const ids = await publishMany(slug, 45)
    await pinUpdate(newsroom, editor, slug, ids[0] ?? '', true)
    let view = await readView(store, slug)
    expect(view).toMatchObject({ epoch: 1, head: 47, updates: { length: 20 }, next: '27', pinned: { id: ids[0] } })

    for (let page = 0; view && view.next !== null; page += 1) {
      // The page is read, and before it comes an update in it, one on it and one below it are changed.
      const older = await readPage(store, slug, { before: Number(view.next), limit: 10 })
      await withdrawUpdate(newsroom, editor, slug, ids[20 - page] ?? '', 'Withdrawn meanwhile.')
      await reviseUpdate(newsroom, editor, slug, ids[page] ?? '', 1, { body: 'Edited meanwhile.' })
      await publish(newsroom, slug, 'Added meanwhile.')
      const missed = await catchUp(store, slug, view.epoch, view.head)
      if (!older || !missed || 'reset' in missed) throw new Error('the story can be read')
      view = addPage(missed.events.reduce(applyEvent, view), 'older', view.next, older)
    }
    expect(view && seen(view)).toEqual(seen(foldOf(await logOf(store, slug))))
  })

  test('catches up with what was missed, or is told to read anew', async () => {
    const slug = await openedStory(newsroom)
    await publishMany(slug, 3)
    const log = await logOf(store, slug)
    expect(await catchUp(store, slug, 1, 1)).toEqual({ epoch: 1, head: 4, events: log.slice(1) })
    expect(await catchUp(store, slug, 1, 4)).toEqual({ epoch: 1, head: 4, events: [] })
    expect(await catchUp(store, slug, 1, 5)).toEqual({ epoch: 1, head: 4, reset: true })
    expect(await catchUp(store, slug, 2, 4)).toEqual({ epoch: 1, head: 4, reset: true })
    expect(await catchUp(store, 'nowhere', 1, 0)).toBeNull()
  })

  // It takes hundreds of events, and no other database would answer otherwise.
  if (kind === 'embedded') {
    test('who missed more than can be told reads anew', async () => {
      const slug = await openedStory(newsroom)
      await store.writeStory(slug, async (log) => {
        for (let number = 0; number < mostCaughtUp; number += 1) {
          await log.append({ type: 'story.revised', story: log.now.story }, { at: new Date(), author: { id: 'x', name: 'X' } })
        }
      })
      const head = mostCaughtUp + 1
      expect(await catchUp(store, slug, 1, 0)).toEqual({ epoch: 1, head, reset: true })
      expect(await catchUp(store, slug, 1, 1)).toMatchObject({ epoch: 1, head, events: { length: mostCaughtUp } })
    })
  }

  test('sees nothing of a draft story, though the desk does', async () => {
    const slug = await openedStory(newsroom, { status: 'draft' })
    const { id } = await publish(newsroom, slug, 'Prepared.')
    for (const answer of [
      await readView(store, slug),
      await readPage(store, slug, { limit: 20 }),
      await readUpdate(store, slug, id),
      await catchUp(store, slug, 1, 0),
    ]) {
      expect(answer).toBeNull()
    }
    expect((await readStories(store, newsroom.now())).map((story) => story.slug)).not.toContain(slug)
    expect((await readAllStories(store, newsroom.now())).map((story) => story.slug)).toContain(slug)
    expect(await readDesk(store, slug)).toMatchObject({ view: { head: 2, updates: [{ id }] }, drafts: [] })

    await reviseStory(newsroom, editor, slug, { status: 'developing' })
    expect(await readView(store, slug)).toMatchObject({ head: 3, updates: [{ id }] })
  })

  test('finds the story with the newest activity first', async () => {
    const [one, other] = [await openedStory(newsroom), await openedStory(newsroom)]
    await publish({ store, now: () => new Date(Date.now() + 1_000) }, one, 'News.')
    const listed = (await readStories(store, newsroom.now())).filter(({ slug }) => slug === one || slug === other)
    expect(listed).toMatchObject([
      { slug: one, head: 2 },
      { slug: other, head: 1 },
    ])
  })

  test('finds one update', async () => {
    const slug = await openedStory(newsroom)
    const ids = await publishMany(slug, 2)
    expect(await readUpdate(store, slug, ids[0] ?? '')).toMatchObject({ update: { id: ids[0], seq: 2 } })
    expect(await readUpdate(store, await openedStory(newsroom), ids[0] ?? '')).toBeNull()
    expect(await readUpdate(store, slug, 'no-id')).toBeNull()
    expect(await readUpdate(store, 'nowhere', ids[0] ?? '')).toBeNull()
  })

  test('is told whether it can be served, and how far the live channel is behind', async () => {
    expect(await readHealth(store, 'all', null)).toEqual({ status: 'ok', role: 'all', database: kind, lag: null })
    expect(await readHealth(store, 'all', { lag: async () => 3 })).toEqual({ status: 'ok', role: 'all', database: kind, lag: 3 })
    await close()
    close = async () => {}
    expect(await readHealth(store, 'all', null)).toEqual({ status: 'unavailable', role: 'all', database: 'away', lag: null })
  })
})
