import type { RequestListener } from 'node:http'
import { io as connect } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Caller } from '#lib/accounts/person.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore as openStoreOn, type Store } from '#lib/db/store.ts'
import type { EventsMessage, FollowAnswer } from '#lib/live/contract.ts'
import { createFollower, type Follower } from '#lib/live/follow.ts'
import type { HubOptions } from '#lib/live/hub.ts'
import { networkTransport } from '#lib/live/network-transport.ts'
import { slowRoom } from '#lib/live/slow-readers.ts'
import type { Transport } from '#lib/live/transport.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { openStory } from '#lib/newsroom/open-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { catchUp } from '#lib/reading/catch-up.ts'
import { readView } from '#lib/reading/read-view.ts'
import { newStory } from '#lib/story/story.ts'
import { newUpdate } from '#lib/story/update.ts'
import type { View } from '#lib/story/view.ts'
import { databaseKinds, makeServerDatabase, migrations, openTestStore } from '../../databases.ts'
import { openHub as openHubOn } from './a-hub.ts'

const editor: Caller = { person: { id: 'editor', name: 'Desk', email: 'desk@example.org', role: 'editor' }, origin: 'own' }
const ownOrigin = 'https://live.example.org'

/** A hub, and beside it the two calls that a follower makes by HTTP. */
function openHub(store: Store, options: Partial<HubOptions> = {}) {
  const answer: RequestListener = async (request, response) => {
    const url = new URL(request.url ?? '', 'http://hub')
    const slug = url.pathname.split('/')[3] ?? ''
    const answer = url.pathname.endsWith('/events')
      ? await catchUp(store, slug, Number(url.searchParams.get('epoch')), Number(url.searchParams.get('after')))
      : await readView(store, slug)
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }
  return openHubOn(store, options, { origins: [ownOrigin], answer })
}

describe.each(databaseKinds)('the live channel on the %s database', (kind) => {
  let store: Store
  let newsroom: Newsroom
  let close: () => Promise<void>

  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind))
    newsroom = { store, now: () => new Date() }
  })
  afterAll(() => close())

  let stories = 0
  const open = async (status: 'developing' | 'draft' = 'developing') => {
    stories += 1
    const slug = `story-${stories}`
    await openStory(newsroom, editor, newStory.parse({ headline: 'A bridge is closed', slug, status }), null)
    return slug
  }
  const publish = async (slug: string, body: string) => {
    const result = await publishUpdate(newsroom, editor, slug, newUpdate.parse({ body }), null)
    expect(result.kind).toBe('done')
  }
  const viewAt = async (slug: string): Promise<View> => {
    const view = await readView(store, slug)
    if (!view) throw new Error('no view')
    return view
  }
  /** A reader's page, and the number of each event in the order that it was shown. */
  const read = (url: string, view: View, transport: Transport = networkTransport(view.story.slug, 'reader', url)) => {
    const surroundings = { now: Date.now, random: Math.random, setTimeout, clearTimeout: (timer: unknown) => clearTimeout(Number(timer)) }
    const follower: Follower = createFollower(view, Date.now(), transport, surroundings)
    const shown: number[] = []
    let head = view.head
    follower.subscribe(() => {
      const now = follower.getSnapshot().view.head
      for (let seq = head + 1; seq <= now; seq += 1) shown.push(seq)
      head = now
    })
    follower.start()
    onTestFinished(() => follower.stop())
    return { follower, shown }
  }
  const isLive = (follower: Follower) => expect.poll(() => follower.getSnapshot().connection.kind, { timeout: 10_000 }).toBe('live')
  const raw = (url: string, extraHeaders: Record<string, string> = {}) => {
    const socket = connect(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders })
    onTestFinished(() => void socket.disconnect())
    return socket
  }
  const follow = async (url: string, request: unknown): Promise<FollowAnswer> => raw(url).timeout(5_000).emitWithAck('follow', request)

  test('a reader that is slow is told where the log stands and gets no events', async () => {
    const slug = await open()
    const { url, io, measured } = await openHub(store, { heartbeatMs: 50 })
    const [slow, quick] = [raw(url), raw(url)]
    const heard = new Map<unknown, string[]>([
      [slow, []],
      [quick, []],
    ])
    for (const socket of [slow, quick]) {
      socket.onAny((name: string, { head, events }: { head?: number; events?: { seq: number }[] }) => {
        if (name === 'head' || name === 'events') heard.get(socket)?.push(`${name} ${head ?? events?.[0]?.seq}`)
      })
      expect(await socket.timeout(5_000).emitWithAck('follow', { story: slug })).toMatchObject({ ok: true })
    }
    io.in(slow.id ?? '').socketsJoin(slowRoom)
    await publish(slug, 'The water is rising.')
    await expect.poll(() => heard.get(slow), { timeout: 5_000 }).toContain('head 2')
    expect(heard.get(slow)).not.toContain('events 2')
    expect(heard.get(quick)).toContain('events 2')
    expect(measured.sent).toEqual([[1, 1]])
  })

  test('twenty readers get fifty updates, each once and in order', async () => {
    const slug = await open()
    const { url } = await openHub(store)
    const view = await viewAt(slug)
    const readers = Array.from({ length: 20 }, () => read(url, view))
    await Promise.all(readers.map(({ follower }) => isLive(follower)))
    for (let number = 1; number <= 50; number += 1) await publish(slug, `Update ${number}`)
    const expected = Array.from({ length: 50 }, (_, index) => index + 2)
    await expect.poll(() => readers.every(({ shown }) => shown.length >= 50), { timeout: 10_000 }).toBe(true)
    for (const { shown, follower } of readers) {
      expect(shown).toEqual(expected)
      expect(follower.getSnapshot().view.updates[0]).toEqual((await viewAt(slug)).updates[0])
    }
  })

  test('readers who come while updates are being published miss none of them', async () => {
    const slug = await open()
    const { url } = await openHub(store)
    const view = await viewAt(slug)
    const readers: ReturnType<typeof read>[] = []
    for (let number = 1; number <= 30; number += 1) {
      readers.push(read(url, view))
      await publish(slug, `Update ${number}`)
    }
    const expected = Array.from({ length: 30 }, (_, index) => index + 2)
    await expect.poll(() => readers.every(({ shown }) => shown.length >= 30), { timeout: 10_000 }).toBe(true)
    for (const { shown } of readers) expect(shown).toEqual(expected)
  })

  test('what is published while a reader’s catch-up is being read reaches that reader all the same', async () => {
    const slug = await open()
    let isArmed = false
    const { url, hub } = await openHub(
      {
        ...store,
        async eventsAfter(...asked) {
          const events = await store.eventsAfter(...asked)
          if (isArmed && asked[1] === 1) {
            isArmed = false
            await publish(slug, 'Just now.')
            await expect.poll(() => hub.lag()).toBe(0)
          }
          return events
        },
      },
      { remembered: 1 },
    )
    await publish(slug, 'Before.')
    await publish(slug, 'Before that is remembered.')
    await follow(url, { story: slug })
    isArmed = true
    const socket = raw(url)
    const heard: number[] = []
    socket.on('events', ({ events }: EventsMessage) => heard.push(...events.map((event) => event.seq)))
    expect(await socket.timeout(5_000).emitWithAck('follow', { story: slug, epoch: 1, after: 1 })).toMatchObject({
      events: [{ seq: 2 }, { seq: 3 }, { seq: 4 }],
    })
    await expect.poll(() => heard).toEqual([4])
  })

  test('hundreds who come back at once, from wherever they were, cost a handful of queries', async () => {
    const slug = await open()
    for (let number = 1; number <= 30; number += 1) await publish(slug, `Update ${number}`)
    let queries = 0
    const counting = new Proxy(store, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name)
        if (typeof found !== 'function') return found
        if (['story', 'positions', 'eventsAfter'].includes(String(name))) queries += 1
        return found.bind(target)
      },
    })
    // Of memory that holds the last ten, most of them were away for longer.
    const { url } = await openHub(counting, { remembered: 10, pollMs: 60_000 })
    const sockets = Array.from({ length: 300 }, () => raw(url))
    const places = sockets.map((_, index) => [3, 12, 21, 25][index % 4] ?? 0)
    const answers = await Promise.all(
      sockets.map((socket, index) => socket.timeout(10_000).emitWithAck('follow', { story: slug, epoch: 1, after: places[index] })),
    )
    answers.forEach((answer, index) => {
      const { head, events } = answer as { head: number; events: { seq: number }[] }
      expect(head).toBe(31)
      expect(events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 31 - (places[index] ?? 0) }, (_, number) => (places[index] ?? 0) + number + 1),
      )
    })
    expect(queries).toBeLessThanOrEqual(10)
  })

  test('who comes when there are enough is told how to go on without a socket; a desk is let in, and who is there stays', async () => {
    const slug = await open()
    let isSignedIn = false
    const { url } = await openHub(store, { mostSockets: 1, isSignedIn: async () => isSignedIn })
    const { follower, shown } = read(url, await viewAt(slug))
    await isLive(follower)
    const stranger = raw(url)
    expect(await stranger.timeout(5_000).emitWithAck('follow', { story: slug, as: 'desk' })).toMatchObject({ ok: false, reason: 'full' })
    const late = raw(url)
    const closed = new Promise((resolve) => late.once('disconnect', resolve))
    const answer = await late.timeout(5_000).emitWithAck('follow', { story: slug })
    expect(answer).toEqual({ ok: false, reason: 'full', pollEveryMs: expect.any(Number), retryAfterMs: expect.any(Number) })
    expect(await closed).toBe('io server disconnect')
    isSignedIn = true
    const desk = raw(url)
    expect(await desk.timeout(5_000).emitWithAck('follow', { story: slug, as: 'desk' })).toMatchObject({ ok: true })
    const { follower: asking, shown: asked } = read(url, await viewAt(slug))
    await expect.poll(() => asking.getSnapshot().connection).toEqual({ kind: 'live', by: 'polling' })
    await publish(slug, 'Both get this.')
    await expect.poll(() => shown).toEqual([2])
    await expect.poll(() => asked, { timeout: 15_000 }).toEqual([2])
  })

  test('a socket that follows nothing is closed, unless it is there to hear of the end of a session', async () => {
    const slug = await open()
    const { url, io } = await openHub(store, { idleMs: 200, lookMs: 20, isSignedIn: async ({ handshake }) => handshake.headers.cookie !== undefined })
    const { follower } = read(url, await viewAt(slug))
    await isLive(follower)
    const idle = raw(url)
    expect(await new Promise((resolve) => idle.once('disconnect', resolve))).toBe('io server disconnect')
    await expect.poll(() => io.of('/').sockets.size).toBe(1)
    expect(follower.getSnapshot().connection).toEqual({ kind: 'live', by: 'socket' })
  })

  test('those who missed more than is told at once read anew, and what is told is made once for all who ask', async () => {
    const slug = await open()
    const words = 'The water is rising. '.repeat(1_000)
    for (let number = 1; number <= 30; number += 1) await publish(slug, words)
    const { url } = await openHub(store)
    const follow = (after: number) => raw(url).timeout(5_000).emitWithAck('follow', { story: slug, epoch: 1, after })
    expect(await follow(0)).toEqual({ ok: true, epoch: 1, head: 31, reset: true })
    expect(await follow(20)).toMatchObject({
      ok: true,
      head: 31,
      events: Array.from({ length: 11 }, (_, index) => expect.objectContaining({ seq: index + 21 })),
    })
    expect(await follow(0)).toMatchObject({ reset: true })
  })

  test('a lost notice is made up for by the poll', async () => {
    const slug = await open()
    const deaf: Store = { ...store, onAppend: async () => async () => {} }
    const { url, hub, measured } = await openHub(deaf, { pollMs: 100 })
    const { follower, shown } = read(url, await viewAt(slug))
    await isLive(follower)
    await publish(slug, 'Nobody was told of this.')
    await expect.poll(() => shown).toEqual([2])
    expect(await hub.lag()).toBe(0)
    expect(measured.mostBehind).toBe(1)
  })

  test('events lost between the hub and a page are found by the heartbeat', async () => {
    const slug = await open()
    const { url } = await openHub(store, { heartbeatMs: 200 })
    const way = networkTransport(slug, 'reader', url)
    let lost = 0
    const lossy: Transport = {
      ...way,
      openChannel: (handlers) =>
        way.openChannel({
          ...handlers,
          onEvents: ({ events }) => {
            lost += events.length
          },
        }),
    }
    const { follower, shown } = read(url, await viewAt(slug), lossy)
    await isLive(follower)
    await publish(slug, 'This gets lost on the way.')
    await expect.poll(() => shown, { timeout: 5_000 }).toEqual([2])
    expect(lost).toBe(1)
  })

  test('a reader who was away for long gets what was missed from the store, or is told to read anew', async () => {
    const slug = await open()
    const { url, hub } = await openHub(store, { remembered: 3 })
    await follow(url, { story: slug, epoch: 1, after: 1 })
    for (let number = 1; number <= 6; number += 1) await publish(slug, `Update ${number}`)
    await expect.poll(() => hub.lag()).toBe(0)
    const near = await follow(url, { story: slug, epoch: 1, after: 6 })
    const far = await follow(url, { story: slug, epoch: 1, after: 1 })
    expect(near).toMatchObject({ ok: true, head: 7, events: [{ seq: 7 }] })
    expect(far).toMatchObject({ ok: true, head: 7, events: [2, 3, 4, 5, 6, 7].map((seq) => ({ seq })) })
    expect(await follow(url, { story: slug })).toEqual({ ok: true, epoch: 1, head: 7, events: [] })
    expect(await follow(url, { story: slug, epoch: 2, after: 1 })).toEqual({ ok: true, epoch: 1, head: 7, reset: true })
    expect(await follow(url, { story: slug, epoch: 1, after: 99 })).toEqual({ ok: true, epoch: 1, head: 7, reset: true })
  })

  test('nobody follows a story that readers may not see', async () => {
    const { url } = await openHub(store)
    expect(await follow(url, { story: await open('draft'), epoch: 1, after: 0 })).toEqual({ ok: false, reason: 'no-such-story' })
    expect(await follow(url, { story: 'nowhere' })).toEqual({ ok: false, reason: 'no-such-story' })
  })

  test('readers are counted, and told how many they are', async () => {
    const slug = await open()
    const { url } = await openHub(store, { audienceMs: 50 })
    const [one, other] = [read(url, await viewAt(slug)), read(url, await viewAt(slug))]
    await expect.poll(() => one.follower.getSnapshot().readers).toBe(2)
    other.follower.stop()
    await expect.poll(() => one.follower.getSnapshot().readers).toBe(1)
  })

  test('what makes no sense is refused, and hurts nobody', async () => {
    const slug = await open()
    const { url, problems } = await openHub(store)
    const { follower, shown } = read(url, await viewAt(slug))
    await isLive(follower)

    expect(await follow(url, { story: slug, after: -1 })).toEqual({ ok: false, reason: 'invalid' })
    expect(await follow(url, { story: slug, extra: 1 })).toEqual({ ok: false, reason: 'invalid' })
    expect(await follow(url, null)).toEqual({ ok: false, reason: 'invalid' })
    expect(await raw(url).timeout(5_000).emitWithAck('publish', { story: slug })).toEqual({ ok: false, reason: 'unknown-message' })
    raw(url).emit('follow')
    raw(url).emit('follow', 'not-a-function', 'nor-this')

    const large = raw(url)
    large.emit('follow', { story: 'x'.repeat(10_000) }, () => {})
    await expect.poll(() => large.disconnected).toBe(true)
    const eager = raw(url)
    await expect.poll(() => eager.connected).toBe(true)
    for (let turn = 0; turn < 100; turn += 1) eager.emit('follow', { story: slug }, () => {})
    await expect.poll(() => eager.disconnected).toBe(true)

    await publish(slug, 'Still here.')
    await expect.poll(() => shown).toEqual([2])
    expect(problems).toEqual([])
  })

  test('pages of other sites may not open a socket', async () => {
    const { url } = await openHub(store)
    const answer = (headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = raw(url, headers)
        socket.on('connect', () => resolve('connected'))
        socket.on('connect_error', () => resolve('refused'))
      })
    expect(await answer({ origin: 'https://evil.example' })).toBe('refused')
    expect(await answer({ origin: ownOrigin })).toBe('connected')
    expect(await answer({})).toBe('connected')
  })
})

describe.runIf(databaseKinds.includes('server'))('two processes on one database', () => {
  test('an update written through one reaches the readers of the other', async () => {
    const { url: database, drop } = await makeServerDatabase()
    const [one, other] = [
      await openStoreOn(await openServerDatabase(database), migrations),
      await openStoreOn(await openServerDatabase(database), migrations),
    ]
    onTestFinished(async () => {
      await one.close()
      await other.close()
      await drop()
    })
    const newsroom = { store: one, now: () => new Date() }
    await openStory(newsroom, editor, newStory.parse({ headline: 'A bridge is closed', slug: 'bridge' }), null)
    const { url } = await openHub(other)
    const socket = connect(url, { transports: ['websocket'], forceNew: true })
    onTestFinished(() => void socket.disconnect())
    const heard: number[] = []
    socket.on('events', ({ events }: { events: { seq: number }[] }) => heard.push(...events.map((event) => event.seq)))
    await socket.emitWithAck('follow', { story: 'bridge' })
    for (let number = 0; number < 10; number += 1) await publishUpdate(newsroom, editor, 'bridge', newUpdate.parse({ body: 'x' }), null)
    await expect.poll(() => heard).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })
})
