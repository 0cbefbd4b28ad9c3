import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryDelay } from '#lib/live/backoff.ts'
import { createFollower, type Follower } from '#lib/live/follow.ts'
import { heartbeatMs } from '#lib/live/pulse.ts'
import { storyOf, viewOf } from './a-story.ts'
import { ManualClock, SimulatedNetwork } from './simulated-network.ts'

const log = storyOf(200)

function open(head = 5) {
  const clock = new ManualClock()
  const network = new SimulatedNetwork(log, head, clock)
  const follower = createFollower(viewOf(log, head), clock.now, network.transport, network.surroundings)
  return { clock, network, follower, shown: () => follower.getSnapshot().view, connection: () => follower.getSnapshot().connection }
}

async function openLive(head = 5) {
  const page = open(head)
  page.follower.start()
  await page.clock.pass(100)
  expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
  return page
}

describe('a page that follows a story', () => {
  test('says that it is connecting, then live, and shows each event as it comes', async () => {
    const page = open()
    expect(page.connection()).toEqual({ kind: 'connecting' })
    page.follower.start()
    await page.clock.pass(100)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    page.network.publish()
    page.network.publish()
    expect(page.shown()).toEqual(viewOf(log, 7))
  })

  test('gets what was published between its rendering and its joining', async () => {
    const page = open()
    page.follower.start()
    page.network.publish()
    page.network.publish()
    await page.clock.pass(100)
    expect(page.shown()).toEqual(viewOf(log, 7))
    expect(page.network.requests.events).toBe(0)
  })

  test('sees a gap when the next event comes, and fills it by HTTP', async () => {
    const page = await openLive()
    page.network.losesEvents = true
    page.network.publish()
    page.network.losesEvents = false
    page.network.publish()
    expect(page.connection()).toEqual({ kind: 'catching-up' })
    expect(page.shown().head).toBe(5)
    await page.clock.pass(1)
    expect(page.shown()).toEqual(viewOf(log, 7))
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.network.requests.events).toBe(1)
  })

  test('learns of a silent loss from the next heartbeat', async () => {
    const page = await openLive()
    page.network.losesEvents = true
    page.network.publish()
    await page.clock.pass(heartbeatMs)
    expect(page.shown().head).toBe(5)
    page.network.heartbeat()
    await page.clock.pass(1)
    expect(page.shown()).toEqual(viewOf(log, 6))
  })

  test('asks again when the answer to a gap was too old to fill it', async () => {
    const page = await openLive()
    page.network.losesEvents = true
    page.network.publish()
    page.network.losesEvents = false
    page.network.httpWorks = false
    page.network.publish()
    await page.clock.pass(1)
    expect(page.connection()).toMatchObject({ kind: 'offline' })
    page.network.httpWorks = true
    await page.clock.pass(2_500)
    expect(page.shown()).toEqual(viewOf(log, 7))
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
  })

  test('reads the view anew when history was rewritten', async () => {
    const page = await openLive()
    page.network.epoch = 2
    page.network.heartbeat()
    await page.clock.pass(1)
    expect(page.shown().epoch).toBe(2)
    expect(page.network.requests.view).toBe(1)
    page.network.publish()
    expect(page.shown().head).toBe(6)
  })

  test('comes back by socket when one breaks, without the reader doing anything', async () => {
    const page = await openLive()
    page.network.breakSockets()
    expect(page.connection()).toEqual({ kind: 'catching-up' })
    page.network.publish()
    await page.clock.pass(1_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.shown()).toEqual(viewOf(log, 6))
  })

  test('asks by HTTP when sockets fail twice, and goes back to the socket when it can', async () => {
    const page = await openLive()
    page.network.socketsWork = false
    page.network.breakSockets()
    await page.clock.pass(2_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'polling' })
    page.network.publish()
    await page.clock.pass(6_000)
    expect(page.shown()).toEqual(viewOf(log, 6))
    page.network.socketsWork = true
    await page.clock.pass(31_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    const { events } = page.network.requests
    await page.clock.pass(20_000)
    page.network.heartbeat()
    expect(page.network.requests.events).toBe(events)
  })

  test('says since when it is offline, keeps what it shows, and resumes by itself', async () => {
    const page = await openLive()
    const lastContact = page.clock.now
    await page.clock.pass(3_000)
    page.network.socketsWork = false
    page.network.httpWorks = false
    page.network.breakSockets()
    await page.clock.pass(60_000)
    expect(page.connection()).toMatchObject({ kind: 'offline' })
    const { since } = page.connection() as { since: number }
    expect(since).toBeGreaterThanOrEqual(lastContact - 100)
    expect(since).toBeLessThan(lastContact + 3_000)
    expect(page.shown()).toEqual(viewOf(log, 5))
    for (let turn = 0; turn < 3; turn += 1) page.network.publish()
    page.network.socketsWork = true
    page.network.httpWorks = true
    await page.clock.pass(31_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.shown()).toEqual(viewOf(log, 8))
  })

  test('takes a socket that has fallen silent for dead', async () => {
    const page = await openLive()
    page.network.isSilent = true
    page.network.publish()
    await page.clock.pass(3 * heartbeatMs)
    expect(page.shown()).toEqual(viewOf(log, 6))
  })

  test('says at once that the network went, and tries at once when it is back', async () => {
    const page = await openLive()
    page.network.socketsWork = false
    page.network.httpWorks = false
    page.follower.setOnline(false)
    expect(page.connection()).toMatchObject({ kind: 'offline' })
    await page.clock.pass(60_000)
    page.network.publish()
    page.network.socketsWork = true
    page.network.httpWorks = true
    page.follower.setOnline(true)
    await page.clock.pass(50)
    expect(page.shown()).toEqual(viewOf(log, 6))
  })

  test('gives its socket back when it is hidden for long, and catches up when it is looked at again', async () => {
    const page = await openLive()
    page.follower.setVisible(false)
    await page.clock.pass(20_000)
    page.network.heartbeat()
    await page.clock.pass(20_000)
    page.network.heartbeat()
    expect(page.network.sockets).toHaveLength(1)
    for (let turn = 0; turn < 30; turn += 1) {
      await page.clock.pass(heartbeatMs)
      page.network.heartbeat()
    }
    expect(page.connection()).toEqual({ kind: 'away' })
    expect(page.network.sockets).toHaveLength(0)
    page.network.publish()
    page.follower.setVisible(true)
    expect(page.connection()).toEqual({ kind: 'catching-up' })
    await page.clock.pass(50)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.shown()).toEqual(viewOf(log, 6))
  })

  test('says that the story is gone, and stops asking', async () => {
    const page = await openLive()
    page.network.storyIsThere = false
    page.network.breakSockets()
    await page.clock.pass(5_000)
    expect(page.connection()).toEqual({ kind: 'gone' })
    const opened = page.network.socketsOpened
    await page.clock.pass(120_000)
    expect(page.network.socketsOpened).toBe(opened)
  })

  test('reads the view anew when it is told what it is too old to understand', async () => {
    const page = await openLive()
    page.network.losesEvents = true
    page.network.publish()
    page.network.sockets[0]?.handlers.onUnreadable()
    await page.clock.pass(1)
    expect(page.shown()).toEqual(viewOf(log, 6))
    expect(page.network.requests.view).toBe(1)
  })

  test('stops for good when it is left', async () => {
    const page = await openLive()
    page.network.losesEvents = true
    page.network.publish()
    page.network.heartbeat()
    page.follower.stop()
    await page.clock.pass(60_000)
    expect(page.network.sockets).toHaveLength(0)
    expect(page.shown().head).toBe(5)
  })
})

const misfortunes: Record<string, (network: SimulatedNetwork, follower: Follower) => void> = {
  'an event is published': (network) => network.publish(),
  'another is published': (network) => network.publish(),
  'an event is lost': (network) => {
    network.losesEvents = true
    network.publish()
    network.losesEvents = false
  },
  'the sockets break': (network) => network.breakSockets(),
  'sockets stop working': (network) => Object.assign(network, { socketsWork: false }),
  'sockets work again': (network) => Object.assign(network, { socketsWork: true }),
  'the server stops answering': (network) => Object.assign(network, { httpWorks: false }),
  'the server answers again': (network) => Object.assign(network, { httpWorks: true }),
  'the sockets fall silent': (network) => Object.assign(network, { isSilent: true }),
  'the sockets speak again': (network) => Object.assign(network, { isSilent: false }),
  'history is rewritten': (network) => Object.assign(network, { epoch: network.epoch + 1 }),
  'the page is hidden': (_, follower) => follower.setVisible(false),
  'the page is seen': (_, follower) => follower.setVisible(true),
  'the network goes': (_, follower) => follower.setOnline(false),
  'the network comes': (_, follower) => follower.setOnline(true),
  'a heartbeat comes': (network) => network.heartbeat(),
}

const misfortune = fc.constantFrom(...Object.keys(misfortunes))

describe('whatever the network does', () => {
  test('the page never goes back within a history, and once things work again it shows just what the log says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(misfortune, fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 }), async (sequence) => {
        const { network, follower, clock, shown, connection } = open()
        const seen: { epoch: number; head: number }[] = []
        follower.subscribe(() => seen.push(shown()))
        follower.start()
        for (const [what, ms] of sequence) {
          misfortunes[what]?.(network, follower)
          await clock.pass(ms)
        }
        Object.assign(network, { socketsWork: true, httpWorks: true, isSilent: false })
        follower.setVisible(true)
        follower.setOnline(true)
        for (let turn = 0; turn < 8; turn += 1) {
          await clock.pass(heartbeatMs)
          network.heartbeat()
        }
        await clock.pass(100)
        expect(shown()).toEqual({ ...viewOf(log, network.head), epoch: network.epoch })
        expect(connection()).toEqual({ kind: 'live', by: 'socket' })
        for (const [index, { epoch, head }] of seen.entries()) {
          const before = seen[index - 1]
          if (before?.epoch === epoch) expect(head).toBeGreaterThanOrEqual(before.head)
        }
        follower.stop()
      }),
      { numRuns: 300 },
    )
  })
})

describe('the wait before trying again', () => {
  test('is anywhere from nothing to a bound that doubles up to 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((failure) => retryDelay(failure, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ])
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failure, random) => {
        const delay = retryDelay(failure + 1, random)
        return delay >= 0 && delay <= 30_000
      }),
    )
  })
})
