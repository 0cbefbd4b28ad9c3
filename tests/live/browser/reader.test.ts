import { describe, expect, test } from 'vitest'
import { createFollower } from '#lib/live/follow.ts'
import { createReader } from '#lib/live/reader.ts'
import { shownUpdates, waitingUpdates } from '#lib/story/reading.ts'
import { storyOf } from '../../story/sample-story.ts'
import { ManualClock, SimulatedNetwork } from './simulated-network.ts'

const log = storyOf(60)

/** A reader of a page that was opened at event 5, who looks at its top or doesn't. */
function open(size = 1_000) {
  const clock = new ManualClock()
  const network = Object.assign(new SimulatedNetwork(log, 5, clock), { size })
  const follower = createFollower(network.viewAt(), clock.now, network.transport, network.surroundings)
  const eyes = { areAtTheTop: false }
  const reader = createReader(
    follower,
    () => eyes.areAtTheTop,
    () => clock.now,
  )
  const seqs = (of: typeof shownUpdates | typeof waitingUpdates) => {
    const { view, reading } = reader.getSnapshot()
    return of(view, reading).map(({ seq }) => seq)
  }
  return { clock, network, follower, reader, eyes, shown: () => seqs(shownUpdates), waiting: () => seqs(waitingUpdates) }
}

async function openLive(size?: number) {
  const page = open(size)
  page.reader.subscribe(() => {})
  page.follower.start()
  await page.clock.pass(100)
  return page
}

describe('a reader', () => {
  test('who looks at the top sees updates slide in', async () => {
    const page = await openLive()
    page.eyes.areAtTheTop = true
    page.network.publish()
    page.network.publish()
    expect(page.shown()).toEqual([7, 6, 5, 4, 3, 2])
    expect(page.waiting()).toEqual([])
    expect(page.reader.getSnapshot().reading.left).toBeNull()
  })

  test('who looks elsewhere finds them waiting, and a line below them once they have asked to see them', async () => {
    const page = await openLive()
    page.network.publish()
    page.network.publish()
    expect(page.shown()).toEqual([5, 4, 3, 2])
    expect(page.waiting()).toEqual([7, 6])
    await page.clock.pass(5_000)
    page.reader.show()
    expect(page.shown()).toEqual([7, 6, 5, 4, 3, 2])
    expect(page.reader.getSnapshot().reading).toEqual({ shownTo: 7, left: { seq: 5, at: page.clock.now } })
  })

  test('who looks at the top again sees what waited with the next that comes', async () => {
    const page = await openLive()
    page.network.publish()
    page.eyes.areAtTheTop = true
    expect(page.waiting()).toEqual([6])
    page.network.publish()
    expect(page.shown()).toEqual([7, 6, 5, 4, 3, 2])
  })

  test('keeps what waits while nothing comes but news of the connection', async () => {
    const page = await openLive()
    page.network.publish()
    page.eyes.areAtTheTop = true
    page.network.breakSockets()
    await page.clock.pass(1_000)
    expect(page.reader.getSnapshot().connection).toEqual({ kind: 'live', by: 'socket' })
    expect(page.waiting()).toEqual([6])
  })

  test('keeps what waits while older updates are loaded', async () => {
    const page = await openLive(2)
    page.network.publish()
    page.eyes.areAtTheTop = true
    expect(await page.follower.load('older')).toBe(true)
    expect(page.shown()).toEqual([5, 4, 3, 2])
    expect(page.waiting()).toEqual([6])
  })

  test('who was away finds everything waiting, and a line where they left', async () => {
    const page = await openLive()
    page.network.breakSockets()
    for (let turn = 0; turn < 3; turn += 1) page.network.publish()
    await page.clock.pass(1_000)
    expect(page.waiting()).toEqual([8, 7, 6])
    page.reader.returnTo({ seq: 3, at: 900_000 })
    expect(page.reader.getSnapshot().reading).toEqual({ shownTo: 5, left: { seq: 3, at: 900_000 } })
  })

  test('whose page was read anew and holds nothing of what was on it sees it at once', async () => {
    const page = await openLive()
    Object.assign(page.network, { size: 4, head: 20, epoch: 2 })
    page.network.heartbeat()
    await page.clock.pass(1)
    expect(page.shown()).toEqual([20, 19, 18, 17])
    expect(page.waiting()).toEqual([])
  })
})

describe('a page', () => {
  test('is drawn anew when something has changed, and only then', async () => {
    const page = await openLive()
    let drawn = 0
    page.reader.subscribe(() => {
      drawn += 1
    })
    const before = page.reader.getSnapshot()
    page.network.heartbeat()
    await page.clock.pass(1_000)
    expect(page.reader.getSnapshot()).toBe(before)
    expect(drawn).toBe(0)
    page.network.publish()
    expect(drawn).toBe(1)
    expect(page.reader.getSnapshot()).toMatchObject(page.follower.getSnapshot())
  })

  test('misses nothing that came before it began to listen', async () => {
    const page = open()
    page.follower.start()
    await page.clock.pass(100)
    page.network.publish()
    let drawn = 0
    page.reader.subscribe(() => {
      drawn += 1
    })
    expect(drawn).toBe(1)
    expect(page.reader.getSnapshot().connection).toEqual({ kind: 'live', by: 'socket' })
    expect(page.waiting()).toEqual([6])
  })

  test('hears the rest though another part of it has stopped listening, and nothing once all have', async () => {
    const page = open()
    page.follower.start()
    await page.clock.pass(100)
    const [stopOne, stopOther] = [page.reader.subscribe(() => {}), page.reader.subscribe(() => {})]
    stopOne()
    page.network.publish()
    expect(page.reader.getSnapshot().view.head).toBe(6)
    stopOther()
    page.network.publish()
    expect(page.reader.getSnapshot().view.head).toBe(6)
    page.reader.subscribe(() => {})
    expect(page.reader.getSnapshot().view.head).toBe(7)
    expect(page.waiting()).toEqual([7, 6])
  })
})
