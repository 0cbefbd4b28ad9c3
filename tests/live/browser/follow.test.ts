import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryDelay } from '#lib/live/backoff.ts'
import { createFollower, type Follower } from '#lib/live/follow.ts'
import { heartbeatMs } from '#lib/live/pulse.ts'
import type { Place } from '#lib/reading/read-timeline.ts'
import { partOf, seen } from '../../story/history.ts'
import { storyOf, viewOf } from '../../story/sample-story.ts'
import { ManualClock, SimulatedNetwork } from './simulated-network.ts'

const log = storyOf(200)

/** A page that was opened when the story was at `head`, at that place of its timeline, with at most `size` updates. */
function open(head = 5, { size = 1_000, place = {}, readAt }: { size?: number; place?: Place; readAt?: number } = {}) {
  const clock = new ManualClock()
  const network = Object.assign(new SimulatedNetwork(log, head, clock), { size })
  const follower = createFollower(network.viewAt(place), readAt ?? clock.now, network.transport, network.surroundings)
  return { clock, network, follower, shown: () => seen(follower.getSnapshot().view), connection: () => follower.getSnapshot().connection }
}

/** What a reader sees of the whole story after its first `head` events. */
function wholeAt(head: number) {
  return seen(viewOf(log, head))
}

async function openLive(...how: Parameters<typeof open>) {
  const page = open(...how)
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
    expect(page.shown()).toEqual(wholeAt(7))
  })

  test('goes to another server when this one is about to end, at a moment of its own, and says nothing of it', async () => {
    const page = await openLive()
    const said: string[] = []
    page.follower.subscribe(() => said.push(page.connection().kind))
    page.network.leave(30_000)
    await page.clock.pass(14_000)
    page.network.publish()
    expect(page.shown()).toEqual(wholeAt(6))
    expect(page.network.socketsOpened).toBe(1)
    // Half of it: what the simulated chance says.
    await page.clock.pass(1_005)
    expect(page.network.socketsOpened).toBe(2)
    page.network.publish()
    await page.clock.pass(100)
    expect(page.shown()).toEqual(wholeAt(7))
    expect(new Set(said)).toEqual(new Set(['live']))
    expect(page.network.requests).toEqual({ events: 0, view: 0, page: 0 })
  })

  test('goes there also where the old server had long been silent, and takes nobody else for dead', async () => {
    const page = await openLive()
    const said: string[] = []
    page.follower.subscribe(() => said.push(page.connection().kind))
    // It moves five ms before the old socket would have been taken for dead, and the new one needs ten to open.
    page.network.leave(2 * 24_905)
    await page.clock.pass(25_000)
    expect(page.network.socketsOpened).toBe(2)
    page.network.publish()
    expect(page.shown()).toEqual(wholeAt(6))
    expect(new Set(said)).toEqual(new Set(['live']))
  })

  test('gets what was published between its rendering and its joining', async () => {
    const page = open()
    page.follower.start()
    page.network.publish()
    page.network.publish()
    await page.clock.pass(100)
    expect(page.shown()).toEqual(wholeAt(7))
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
    expect(page.shown()).toEqual(wholeAt(7))
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
    expect(page.shown()).toEqual(wholeAt(6))
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
    expect(page.shown()).toEqual(wholeAt(7))
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

  test('stays where it is in a history that was rewritten', async () => {
    const page = await openLive(30, { size: 6, place: { after: 0 } })
    Object.assign(page.network, { epoch: 2, head: 40 })
    page.network.heartbeat()
    await page.clock.pass(1)
    expect(page.shown()).toEqual({ ...partOf(viewOf(log, 40), page.shown()), epoch: 2 })
    expect(page.shown().updates.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2])
  })

  test('comes back by socket when one breaks, without the reader doing anything', async () => {
    const page = await openLive()
    page.network.breakSockets()
    expect(page.connection()).toEqual({ kind: 'catching-up' })
    page.network.publish()
    await page.clock.pass(1_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.shown()).toEqual(wholeAt(6))
  })

  test('asks by HTTP when sockets fail twice, and goes back to the socket when it can', async () => {
    const page = await openLive()
    page.network.socketsWork = false
    page.network.breakSockets()
    await page.clock.pass(2_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'polling' })
    page.network.publish()
    await page.clock.pass(6_000)
    expect(page.shown()).toEqual(wholeAt(6))
    page.network.socketsWork = true
    await page.clock.pass(31_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    const { events } = page.network.requests
    await page.clock.pass(20_000)
    page.network.heartbeat()
    expect(page.network.requests.events).toBe(events)
  })

  test('a server that has enough readers is asked as often as it says, and for a socket again after as long as it says', async () => {
    const page = open()
    page.network.isFull = true
    page.follower.start()
    await page.clock.pass(1_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'polling' })
    const opened = page.network.socketsOpened
    const asked = page.network.requests.events
    page.network.publish()
    await page.clock.pass(50_000)
    expect(page.shown()).toEqual(wholeAt(page.network.head))
    expect(page.network.requests.events - asked).toBe(5)
    expect(page.network.socketsOpened).toBe(opened)
    page.network.isFull = false
    await page.clock.pass(15_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    // Lost in the ordinary way, it asks as often as ever.
    page.network.socketsWork = false
    page.network.breakSockets()
    await page.clock.pass(4_000)
    const before = page.network.requests.events
    await page.clock.pass(12_000)
    expect(page.network.requests.events - before).toBeGreaterThanOrEqual(2)
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
    expect(page.shown()).toEqual(wholeAt(5))
    for (let turn = 0; turn < 3; turn += 1) page.network.publish()
    page.network.socketsWork = true
    page.network.httpWorks = true
    await page.clock.pass(31_000)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
    expect(page.shown()).toEqual(wholeAt(8))
  })

  test('takes a socket that has fallen silent for dead', async () => {
    const page = await openLive()
    page.network.isSilent = true
    page.network.publish()
    await page.clock.pass(3 * heartbeatMs)
    expect(page.shown()).toEqual(wholeAt(6))
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
    expect(page.shown()).toEqual(wholeAt(6))
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
    expect(page.shown()).toEqual(wholeAt(6))
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
    expect(page.shown()).toEqual(wholeAt(6))
    expect(page.network.requests.view).toBe(1)
  })

  test('is not taken back by a view that an edge had kept', async () => {
    const page = await openLive()
    const kept = page.network.viewAt()
    let isStale = true
    const { fetchView } = page.network.transport
    page.network.transport.fetchView = async (place) => (isStale ? kept : fetchView(place))
    page.network.publish()
    page.network.publish()
    page.network.sockets[0]?.handlers.onUnreadable()
    await page.clock.pass(1_000)
    expect(page.shown().head).toBe(7)
    isStale = false
    await page.clock.pass(10_000)
    expect(page.shown().head).toBe(7)
    expect(page.connection()).toEqual({ kind: 'live', by: 'socket' })
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
  'the server says what the page is too old for': (network) => {
    for (const socket of network.sockets) socket.handlers.onUnreadable()
  },
  'the reader loads older updates': (_, follower) => void follower.load('older'),
  'the reader loads newer updates': (_, follower) => void follower.load('newer'),
  'the reader switches the updates off': (_, follower) => follower.setLive(false),
  'the reader switches the updates on': (_, follower) => follower.setLive(true),
}

const misfortune = fc.constantFrom(...Object.keys(misfortunes))

/** What happens, and how long it then is until the next, in ms. */
const anySequence = fc.array(fc.tuple(misfortune, fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 })

const anyPlace = fc.constantFrom<Place>({}, { after: 0 }, { around: 15 }, { before: 10 })

describe('whatever the network does', () => {
  test('the page never goes back within a history, and once things work again it shows just what the log says', async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, anyPlace, async (sequence, place) => {
        const { network, follower, clock, shown, connection } = open(30, { size: 6, place })
        const heads: { epoch: number; head: number }[] = []
        follower.subscribe(() => heads.push(shown()))
        follower.start()
        for (const [what, ms] of sequence) {
          misfortunes[what]?.(network, follower)
          await clock.pass(ms)
        }
        Object.assign(network, { socketsWork: true, httpWorks: true, isSilent: false })
        follower.setLive(true)
        follower.setVisible(true)
        follower.setOnline(true)
        for (let turn = 0; turn < 8; turn += 1) {
          await clock.pass(heartbeatMs)
          network.heartbeat()
        }
        await clock.pass(100)
        expect(shown()).toEqual({ ...partOf(viewOf(log, network.head), shown()), epoch: network.epoch })
        expect(connection()).toEqual({ kind: 'live', by: 'socket' })
        for (const [index, { epoch, head }] of heads.entries()) {
          const before = heads[index - 1]
          if (before?.epoch === epoch) expect(head).toBeGreaterThanOrEqual(before.head)
        }
        follower.stop()
      }),
      { numRuns: 300 },
    )
  })
})

describe('a reader who switches the live updates off', () => {
  test('is told so, gives the socket back and sees nothing change, whatever comes, until they switch them on', async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, anySequence, anyPlace, async (before, meanwhile, place) => {
        const { network, follower, clock, shown, connection } = open(30, { size: 6, place })
        follower.start()
        for (const [what, ms] of before) {
          misfortunes[what]?.(network, follower)
          await clock.pass(ms)
        }
        follower.setLive(false)
        const { epoch } = follower.getSnapshot().view
        const [page, opened, asked] = [follower.getSnapshot(), network.socketsOpened, { ...network.requests }]
        expect(connection()).toEqual({ kind: 'paused' })
        expect(network.sockets).toEqual([])
        for (const [what, ms] of meanwhile) {
          if (!what.startsWith('the reader')) misfortunes[what]?.(network, follower)
          await clock.pass(ms)
        }
        await clock.pass(600_000)
        expect(follower.getSnapshot()).toBe(page)
        expect({ opened: network.socketsOpened, asked: network.requests }).toEqual({ opened, asked })

        Object.assign(network, { socketsWork: true, httpWorks: true, isSilent: false })
        follower.setLive(true)
        await clock.pass(100)
        expect(shown()).toEqual({ ...partOf(viewOf(log, network.head), shown()), epoch: network.epoch })
        expect(connection()).toEqual({ kind: 'live', by: 'socket' })
        if (epoch === network.epoch) expect(network.requests).toEqual(asked)
        follower.stop()
      }),
    )
  })

  test('catches up with all of it at once when they switch them on', async () => {
    const page = await openLive()
    page.follower.setLive(false)
    for (let turn = 0; turn < 3; turn += 1) page.network.publish()
    await page.clock.pass(60_000)
    const views: number[] = []
    page.follower.subscribe(() => views.push(page.shown().head))
    page.follower.setLive(true)
    expect(page.connection()).toEqual({ kind: 'catching-up' })
    await page.clock.pass(100)
    expect(page.shown()).toEqual(wholeAt(8))
    expect(views).toEqual([5, 8, 8])
  })

  test.each([
    ['an answer', (network: SimulatedNetwork) => network.publish()],
    ['the view of another history', (network: SimulatedNetwork) => Object.assign(network, { epoch: 2 })],
  ])('is not shown %s that was on its way', async (_, change) => {
    const page = await openLive()
    page.network.losesEvents = true
    change(page.network)
    page.network.heartbeat()
    page.follower.setLive(false)
    const paused = page.follower.getSnapshot()
    await page.clock.pass(60_000)
    expect(page.network.requests.events + page.network.requests.view).toBe(1)
    expect(page.follower.getSnapshot()).toBe(paused)
  })

  test('before the page follows the story keeps it from doing so', async () => {
    const page = open()
    page.follower.setLive(false)
    page.follower.start()
    page.network.publish()
    await page.clock.pass(60_000)
    expect(page.connection()).toEqual({ kind: 'paused' })
    expect(page.network.socketsOpened).toBe(0)
    page.follower.setLive(true)
    await page.clock.pass(100)
    expect(page.shown()).toEqual(wholeAt(6))
  })
})

describe('a page that this browser has kept something of', () => {
  const kept = viewOf(log, 9)

  test('takes it over if it is further, and goes on from there', async () => {
    const page = open(5)
    page.follower.adopt(kept, page.clock.now)
    expect(page.shown()).toEqual(wholeAt(9))
    page.network.head = 9
    page.follower.start()
    await page.clock.pass(100)
    page.network.publish()
    expect(page.shown()).toEqual(wholeAt(10))
    expect(page.network.requests).toEqual({ events: 0, view: 0, page: 0 })
  })

  test('leaves it where it is no further, or of another history', async () => {
    const page = open(5)
    const { follower } = page
    const before = follower.getSnapshot()
    follower.adopt(viewOf(log, 5), page.clock.now)
    follower.adopt(viewOf(log, 3), page.clock.now)
    follower.adopt({ ...kept, epoch: 2 }, page.clock.now)
    expect(follower.getSnapshot()).toBe(before)
  })

  test('says without a network that it is as it was when it was kept', async () => {
    const page = open(5, { readAt: 400_000 })
    Object.assign(page.network, { socketsWork: false, httpWorks: false })
    page.follower.adopt(kept, 700_000)
    page.follower.start()
    await page.clock.pass(60_000)
    expect(page.connection()).toEqual({ kind: 'offline', since: 700_000 })
    expect(page.shown()).toEqual(wholeAt(9))
  })
})

describe('a page that never heard from the server', () => {
  test('says that it is as it was when it was made', async () => {
    const page = open(5, { readAt: 400_000 })
    Object.assign(page.network, { socketsWork: false, httpWorks: false })
    page.follower.start()
    await page.clock.pass(60_000)
    expect(page.connection()).toEqual({ kind: 'offline', since: 400_000 })
  })

  test('says so at once where the browser knows that there is no network', () => {
    const page = open(5, { readAt: 400_000 })
    page.follower.start()
    page.follower.setOnline(false)
    expect(page.connection()).toEqual({ kind: 'offline', since: 400_000 })
  })
})

describe('a reader who loads more of a story', () => {
  const places = { older: {}, newer: { after: 0 } } as const

  test.each(['older', 'newer'] as const)('sees the next part of it at the %s end, and at last all of it', async (side) => {
    const page = await openLive(30, { size: 6, place: places[side] })
    expect(page.shown().updates).toHaveLength(6)
    expect(await page.follower.load(side)).toBe(true)
    expect(page.shown().updates).toHaveLength(12)
    page.network.publish()
    while (await page.follower.load(side)) page.network.publish()
    expect(page.shown()).toEqual(wholeAt(page.network.head))
    const { page: asked } = page.network.requests
    expect(await page.follower.load(side)).toBe(false)
    expect(page.network.requests.page).toBe(asked)
  })

  test.each(['older', 'newer'] as const)('at the %s end without a network is told that it can’t be had, and can try again', async (side) => {
    const page = await openLive(30, { size: 6, place: places[side] })
    const before = page.follower.getSnapshot()
    page.network.httpWorks = false
    expect(await page.follower.load(side)).toBe(false)
    expect(page.follower.getSnapshot()).toBe(before)
    page.network.httpWorks = true
    expect(await page.follower.load(side)).toBe(true)
    expect(page.shown().updates).toHaveLength(12)
  })

  test('loses nothing of what comes meanwhile', async () => {
    const page = await openLive(30, { size: 6 })
    const loading = page.follower.load('older')
    page.network.publish()
    expect(await loading).toBe(true)
    expect(page.shown()).toEqual(partOf(viewOf(log, 31), page.shown()))
    expect(page.shown().updates).toHaveLength(13)
  })

  test('twice at once gets it once', async () => {
    const page = await openLive(30, { size: 6 })
    await Promise.all([page.follower.load('older'), page.follower.load('older')])
    expect(page.shown()).toEqual(partOf(viewOf(log, 30), page.shown()))
    expect(page.shown().updates).toHaveLength(12)
  })
})

describe('the wait before trying again', () => {
  test('is anywhere from nothing to a bound that doubles up to 10 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((failure) => retryDelay(failure, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000,
    ])
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failure, random) => {
        const delay = retryDelay(failure + 1, random)
        return delay >= 0 && delay <= 10_000
      }),
    )
  })
})
