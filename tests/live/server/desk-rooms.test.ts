import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io as connect, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Store } from '#lib/db/store.ts'
import type { Colleague, ColleaguesMessage, DeskAnswer } from '#lib/live/desk-contract.ts'
import { startDeskRooms } from '#lib/live/desk-rooms.ts'
import { startHub } from '#lib/live/hub.ts'
import { openSocketServer } from '#lib/live/socket-server.ts'
import { writeNote } from '#lib/newsroom/write-note.ts'
import { databaseKinds, openTestStore } from '../../databases.ts'
import { editor, openedStory, person, publish, theEditor } from '../../newsroom/a-newsroom.ts'

const guest = { ...person('guest'), id: 'Gil', name: 'Gil' }
const entry = '01900000-0000-7000-8000-000000000001'

describe.each(databaseKinds)('the desks on the %s database', (kind) => {
  let store: Store
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ store, close } = await openTestStore(kind, [guest]))
  })
  afterAll(() => close())

  /** A process with its sockets, in which whoever gives a name for a cookie may see every desk. */
  const openProcess = async (isAdmitted: (name: string, slug: string) => Promise<boolean> = async () => true) => {
    const problems: unknown[] = []
    const httpServer = createServer()
    httpServer.listen(0, '127.0.0.1')
    await once(httpServer, 'listening')
    const io = openSocketServer(httpServer, [])
    const report = (what: string, error: unknown) => problems.push(what, error)
    const hub = await startHub(io, store, report)
    const admit = async ({ cookie: name }: Record<string, unknown>, slug: string) => {
      const stored = await store.story(slug)
      return stored && typeof name === 'string' && (await isAdmitted(name, slug)) ? { storyId: stored.story.id, person: { id: name, name } } : null
    }
    const rooms = await startDeskRooms(io, store, admit, report, { sayMs: 100, forgetMs: 400 })
    const stop = async () => {
      await rooms.stop()
      await hub.stop()
      await io.close()
    }
    onTestFinished(async () => {
      await stop()
      expect(problems).toEqual([])
    })
    return { url: `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`, stop }
  }

  /** Somebody's desk, with whom it sees and how often it heard that something was written. */
  const openDesk = async (url: string, story: string, name?: string) => {
    const socket: Socket = connect(url, { transports: ['websocket'], forceNew: true, ...(name ? { extraHeaders: { cookie: name } } : {}) })
    onTestFinished(() => void socket.disconnect())
    const seen = { desks: [] as readonly Colleague[], written: 0, accessChanged: 0 }
    socket.on('colleagues', ({ desks }: ColleaguesMessage) => {
      seen.desks = desks
    })
    socket.on('written', () => {
      seen.written += 1
    })
    socket.on('access-changed', () => {
      seen.accessChanged += 1
    })
    const say = (editing: string | null): Promise<DeskAnswer> => socket.timeout(5_000).emitWithAck('desk', { story, editing })
    const answer = await say(null)
    return { socket, seen, say, answer, names: () => seen.desks.map((desk) => desk.name).toSorted() }
  }

  test('see each other in whichever process they are, and what each is changing', async () => {
    const slug = await openedStory({ store, now: () => new Date() })
    const [one, two] = [await openProcess(), await openProcess()]
    const ana = await openDesk(one.url, slug, 'Ana')
    const ben = await openDesk(two.url, slug, 'Ben')
    await expect.poll(ana.names).toEqual(['Ana', 'Ben'])
    await expect.poll(ben.names).toEqual(['Ana', 'Ben'])
    await ben.say(entry)
    await expect.poll(() => ana.seen.desks.find(({ name }) => name === 'Ben')?.editing).toBe(entry)
    await ben.say(null)
    await expect.poll(() => ana.seen.desks.find(({ name }) => name === 'Ben')?.editing).toBeNull()
    ben.socket.disconnect()
    await expect.poll(ana.names).toEqual(['Ana'])
  })

  test('of a process that fell silent are forgotten', async () => {
    const slug = await openedStory({ store, now: () => new Date() })
    const one = await openProcess()
    const ana = await openDesk(one.url, slug, 'Ana')
    await store.sayDesks(
      JSON.stringify({ process: 'gone', story: slug, desks: [{ key: 'k', id: 'z', name: 'Zoe', editing: null, since: new Date().toISOString() }] }),
    )
    await expect.poll(ana.names).toEqual(['Ana', 'Zoe'])
    await expect.poll(ana.names, { timeout: 5_000 }).toEqual(['Ana'])
  })

  test('hear that something was written, for readers or not, and nobody else does', async () => {
    const newsroom = { store, now: () => new Date() }
    const [slug, other] = [await openedStory(newsroom), await openedStory(newsroom, { status: 'draft' })]
    const { url } = await openProcess()
    const ana = await openDesk(url, slug, 'Ana')
    const draftDesk = await openDesk(url, other, 'Ben')
    const stranger = await openDesk(url, slug)
    expect(stranger.answer).toEqual({ ok: false, reason: 'not-allowed' })
    await publish(newsroom, slug, 'Out.')
    await expect.poll(() => ana.seen.written).toBe(1)
    await publish(newsroom, slug, 'Not yet.', { status: 'draft' })
    await expect.poll(() => ana.seen.written).toBe(2)
    await writeNote(newsroom, editor, slug, 'Between us.', null)
    await expect.poll(() => ana.seen.written).toBe(3)
    await publish(newsroom, other, 'In a story that nobody follows.')
    await expect.poll(() => draftDesk.seen.written).toBe(1)
    expect(ana.seen.written).toBe(3)
    expect(stranger.seen).toEqual({ desks: [], written: 0, accessChanged: 0 })
  })

  describe('of somebody who may write in one story only', () => {
    const newsroom = () => ({ store, now: () => new Date() })
    const give = async (slug: string, role: 'editor' | 'contributor' | null) =>
      store.storyPeople.give((await store.story(slug))?.story.id ?? '', guest.id, role, { at: new Date(), actor: theEditor })

    test('hear nothing more of it from the moment that they are removed, in whichever process they are', async () => {
      const slug = await openedStory(newsroom())
      await give(slug, 'contributor')
      let isAsked = () => {}
      let answer: Promise<void> = Promise.resolve()
      const isAdmitted = async (name: string, story: string) => {
        await answer
        return name !== guest.id || (await store.storyPeople.roleIn(story, name)) !== null
      }
      const [one, two] = [await openProcess(isAdmitted), await openProcess(isAdmitted)]
      const ana = await openDesk(one.url, slug, 'Ana')
      const desks = [await openDesk(one.url, slug, guest.id), await openDesk(two.url, slug, guest.id)]
      for (const desk of desks) expect(desk.answer.ok).toBe(true)
      await publish(newsroom(), slug, 'While both are there.', { status: 'draft' })
      for (const desk of [ana, ...desks]) await expect.poll(() => desk.seen.written).toBe(1)

      // Each process asks whether they may still come in, and the answer takes its time.
      answer = new Promise((resolve) => {
        isAsked = resolve
      })
      await give(slug, null)
      await publish(newsroom(), slug, 'Not for everybody.', { status: 'draft' })
      await expect.poll(() => ana.seen.written).toBe(2)
      isAsked()
      for (const desk of desks) await expect.poll(() => desk.seen.accessChanged).toBe(1)
      await publish(newsroom(), slug, 'Nor this.', { status: 'draft' })
      await expect.poll(() => ana.seen.written).toBe(3)
      for (const desk of desks) {
        expect(desk.seen.written).toBe(1)
        expect(await desk.say(null)).toEqual({ ok: false, reason: 'not-allowed' })
      }
      await expect.poll(ana.names).toEqual(['Ana'])
    })

    test('are told when their role is lowered, there or everywhere, and stay if they may', async () => {
      const slug = await openedStory(newsroom())
      const other = await openedStory(newsroom())
      await give(slug, 'editor')
      const { url } = await openProcess()
      const [desk, elsewhere] = [await openDesk(url, slug, guest.id), await openDesk(url, other, guest.id)]
      await give(slug, 'contributor')
      await expect.poll(() => desk.seen.accessChanged).toBe(1)
      await publish(newsroom(), slug, 'Still there.', { status: 'draft' })
      await expect.poll(() => desk.seen.written).toBe(1)
      expect(elsewhere.seen.accessChanged).toBe(0)
      await store.people.write((writing) => writing.change(guest.id, { role: 'contributor' }))
      await expect.poll(() => [desk.seen.accessChanged, elsewhere.seen.accessChanged]).toEqual([2, 1])
    })
  })

  test('are closed to what makes no sense, with an answer', async () => {
    const slug = await openedStory({ store, now: () => new Date() })
    const { url } = await openProcess()
    const ana = await openDesk(url, slug, 'Ana')
    for (const message of [null, {}, { story: slug, editing: 'x' }, { story: 7, editing: null }, { story: slug, editing: null, more: 1 }]) {
      expect(await ana.socket.timeout(5_000).emitWithAck('desk', message)).toEqual({ ok: false, reason: 'invalid' })
    }
  })
})
