import { io as connect, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import type { FollowAnswer, FollowRequest } from '#lib/live/contract.ts'
import type { HubOptions } from '#lib/live/hub.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { readDesk } from '#lib/reading/read-desk.ts'
import type { Reached } from '#lib/story/reached.ts'
import { databaseKinds, makeServerDatabase, migrations, openTestStore } from '../../databases.ts'
import { openedStory, publish, theEditor } from '../../newsroom/a-newsroom.ts'
import { openHub } from './a-hub.ts'

/** Soon enough for a test to wait for it. */
const soon: Partial<HubOptions> = { tellMs: [200, 600], audienceMs: 50, minuteMs: 100 }

type Events = { events: { seq: number }[] }

/** A page that follows the story, and confirms what comes if it is asked to and looked at. */
async function follower(url: string, story: string, { as, isLookedAt = true }: { as?: FollowRequest['as']; isLookedAt?: boolean } = {}) {
  const socket: Socket = connect(url, { transports: ['websocket'], reconnection: false, forceNew: true })
  onTestFinished(() => void socket.disconnect())
  const page = { socket, isAsked: false, readers: 0, head: 0 }
  socket.on('audience', ({ readers }: { readers: number }) => {
    page.readers = readers
  })
  socket.on('events', ({ events }: Events) => {
    page.head = events.at(-1)?.seq ?? page.head
    for (const { seq } of events) if (page.isAsked && isLookedAt) socket.emit('seen', { story, after: seq - 1, seq })
  })
  const answer: FollowAnswer = await socket.timeout(5_000).emitWithAck('follow', { story, ...(as ? { as } : {}) })
  page.isAsked = answer.ok && answer.confirm === true
  return page
}

async function deskOf(store: Store, slug: string) {
  const desk = await readDesk(store, slug, theEditor)
  if (!desk) throw new Error('no desk')
  return desk
}

/** How the newest update of the story is told to have reached its readers. */
async function newestReached(store: Store, slug: string): Promise<Reached | undefined> {
  const { reached, view } = await deskOf(store, slug)
  return reached.find(({ seq }) => seq === view.updates[0]?.seq)
}

const countOf = (reached: Reached | undefined) => reached && { readers: reached.readers, asked: reached.asked, confirmed: reached.confirmed }

describe.each(databaseKinds)('whom an update reached, on the %s database', (kind) => {
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date() }
  })
  afterAll(() => close())

  test('is told to the desks: of five readers who were asked three confirmed, and how soon', async () => {
    const slug = await openedStory(newsroom)
    const { url, problems } = await openHub(store, soon)
    for (const isLookedAt of [true, true, true, false, false]) await follower(url, slug, { as: 'reader', isLookedAt })
    const told: string[] = []
    const stopHearing = await store.onDesk((storyId) => told.push(storyId))
    onTestFinished(stopHearing)
    await publish(newsroom, slug, 'The bridge is closed.')
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 5, asked: 5, confirmed: 3 })
    const { view, reached } = await deskOf(store, slug)
    // Once as it was written, and once as it was known whom it reached.
    await expect.poll(() => told.filter((id) => id === view.story.id).length).toBeGreaterThanOrEqual(2)
    expect(reached[0]?.p50).toBeLessThanOrEqual(reached[0]?.p95 ?? 0)
    expect(reached[0]?.p95).toBeLessThan(5_000)
    expect(problems).toEqual([])
  })

  test('counts those who confirm later than the first look, and is known when the server stops', async () => {
    const slug = await openedStory(newsroom)
    const { url, hub } = await openHub(store, { tellMs: [200, 60_000] })
    const late = await follower(url, slug, { as: 'reader', isLookedAt: false })
    await publish(newsroom, slug, 'The bridge is closed.')
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 1, asked: 1, confirmed: 0 })
    late.socket.emit('seen', { story: slug, after: 1, seq: 2 })
    // What is said after it is answered after it.
    await late.socket.timeout(5_000).emitWithAck('follow', { story: slug })
    await hub.stop()
    expect(countOf(await newestReached(store, slug))).toEqual({ readers: 1, asked: 1, confirmed: 1 })
  })

  test('asks no more readers than a sample, and others as those leave', async () => {
    const slug = await openedStory(newsroom)
    const { url } = await openHub(store, { ...soon, mostAsked: 2 })
    const pages = [
      await follower(url, slug, { as: 'reader' }),
      await follower(url, slug, { as: 'reader' }),
      await follower(url, slug, { as: 'reader' }),
    ]
    expect(pages.map(({ isAsked }) => isAsked)).toEqual([true, true, false])
    await publish(newsroom, slug, 'One.')
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 3, asked: 2, confirmed: 2 })
    pages[0]?.socket.disconnect()
    await expect.poll(() => pages[1]?.readers).toBe(2)
    expect((await follower(url, slug, { as: 'reader' })).isAsked).toBe(true)
    await publish(newsroom, slug, 'Two.')
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 3, asked: 2, confirmed: 2 })
  })

  test('counts neither desks nor lists of stories as readers, and asks no program that doesn’t say what it is', async () => {
    const slug = await openedStory(newsroom)
    const { url } = await openHub(store, soon)
    const pages = [await follower(url, slug, { as: 'desk' }), await follower(url, slug, { as: 'list' }), await follower(url, slug)]
    expect(pages.map(({ isAsked }) => isAsked)).toEqual([false, false, false])
    await expect.poll(() => pages.map(({ readers }) => readers)).toEqual([1, 1, 1])
    await publish(newsroom, slug, 'One.')
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 1, asked: 0, confirmed: 0 })
  })

  test('can’t be made more by confirming twice, what never was, what came before, or without being asked', async () => {
    const slug = await openedStory(newsroom)
    const { url, problems } = await openHub(store, { ...soon, mostAsked: 1 })
    await publish(newsroom, slug, 'Before anybody came.')
    const asked = await follower(url, slug, { as: 'reader', isLookedAt: false })
    const other = await follower(url, slug, { as: 'reader', isLookedAt: false })
    await publish(newsroom, slug, 'One.')
    await expect.poll(() => asked.head).toBe(3)
    for (const message of [
      null,
      'x',
      {},
      { story: slug, after: 0, seq: 9 },
      { story: 'nowhere', after: 0, seq: 3 },
      { story: slug, after: 0, seq: 2 },
    ])
      asked.socket.emit('seen', message)
    for (let turn = 0; turn < 2; turn += 1) asked.socket.emit('seen', { story: slug, after: 2, seq: 3 })
    other.socket.emit('seen', { story: slug, after: 2, seq: 3 })
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 2, asked: 1, confirmed: 1 })
    expect(problems).toEqual([])
  })

  test('costs no reader the connection, however much is published, but whoever floods the server with it', async () => {
    const slug = await openedStory(newsroom)
    const { url } = await openHub(store, soon)
    const [reader, flood] = [await follower(url, slug, { as: 'reader' }), await follower(url, slug, { as: 'reader', isLookedAt: false })]
    for (let number = 0; number < 60; number += 1) await publish(newsroom, slug, `Update ${number}`)
    await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 2, asked: 2, confirmed: 1 })
    expect(reader.socket.connected).toBe(true)
    for (let turn = 0; turn < 100; turn += 1) flood.socket.emit('seen', { story: slug, after: 1, seq: 2 })
    await expect.poll(() => flood.socket.disconnected).toBe(true)
  })
})

describe.each(databaseKinds)('how many were reading, on the %s database', (kind) => {
  test('is told by the minute, the minutes without anybody too, and forgotten after a week', async () => {
    const { store, close } = await openTestStore(kind)
    onTestFinished(close)
    const slug = await openedStory({ store, now: () => new Date() })
    const stored = await store.story(slug)
    const storyId = stored?.story.id ?? ''
    const at = (time: string) => new Date(`2026-11-25T${time}Z`)
    const say = (process: number, time: string, readers: number) =>
      store.reach.sample(`01900000-0000-7000-8000-00000000000${process}`, at(time), [{ storyId, readers }], at('00:00'))
    await say(1, '08:00', 999)
    await say(1, '12:00', 3)
    expect(await say(2, '12:00', 4)).toEqual([{ storyId, readers: 3 }])
    await say(1, '12:02', 4)
    await say(1, '12:02', 5)
    await say(1, '12:03', 6)
    const now = at('12:03:30')
    expect((await readDesk(store, slug, theEditor, now))?.audience).toEqual({ start: '2026-11-25T12:00:00.000Z', readers: [7, 0, 5] })
    await store.reach.forgetSamples(at('12:01'))
    expect((await readDesk(store, slug, theEditor, now))?.audience).toEqual({ start: '2026-11-25T12:02:00.000Z', readers: [5] })
    expect((await readDesk(store, slug, theEditor, at('23:00')))?.audience).toEqual({ start: null, readers: [] })
  })
})

describe.runIf(databaseKinds.includes('server'))('of two processes on one database', () => {
  test('the readers are one audience, and what they confirm is one count', async () => {
    const { url: database, drop } = await makeServerDatabase()
    const stores = [await openStore(await openServerDatabase(database), migrations), await openStore(await openServerDatabase(database), migrations)]
    onTestFinished(async () => {
      for (const store of stores) await store.close()
      await drop()
    })
    const [one, other] = stores
    if (!one || !other) throw new Error('no stores')
    const newsroom = { store: one, now: () => new Date() }
    const slug = await openedStory(newsroom)
    const hubs = [await openHub(one, soon), await openHub(other, soon)]
    const [here = '', there = ''] = hubs.map(({ url }) => url)
    const reader = await follower(here, slug, { as: 'reader' })
    const desk = await follower(there, slug, { as: 'desk' })
    for (const isLookedAt of [true, true, false]) await follower(there, slug, { as: 'reader', isLookedAt })
    await expect.poll(() => [reader.readers, desk.readers]).toEqual([4, 4])
    await publish(newsroom, slug, 'The bridge is closed.')
    for (const store of stores)
      await expect.poll(async () => countOf(await newestReached(store, slug))).toEqual({ readers: 4, asked: 4, confirmed: 3 })
    expect(hubs.flatMap(({ problems }) => problems)).toEqual([])
  })
})
