import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { databaseKinds } from '../databases.ts'
import { followStory } from './following.ts'
import { isNginxThere } from './running-nginx.ts'
import { openSite, type Site } from './site.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readers = 10
const readEveryMs = 100
const writeEveryMs = 200

test('the edge stands before the processes that compose.yaml starts', () => {
  const namesIn = (file: string, pattern: RegExp) => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, name]) => name)
  const started = namesIn('compose.yaml', /^ {2}((?:web|live)\d):$/gm)
  expect(started).toHaveLength(4)
  expect(namesIn('deploy/upstreams.conf', /server (\w+):3000/g)).toEqual(started)
})

const kinds = databaseKinds.filter((kind) => kind === 'server' && isNginxThere)

describe.each(kinds)('behind nginx, with two processes for pages and two for sockets on the %s database', () => {
  let site: Site
  let editor: ApiClient
  /** How long a connection lasts that has sent half of a request, in ms. */
  let patience: Promise<number>

  beforeAll(async () => {
    site = await openSite()
    editor = await ApiClient.signedIn(site.url)
    patience = sendHalf(site.url)
  })
  afterAll(() => site.close())

  test('a story’s page is answered from the cache, in each encoding, and an update is in it two seconds later', async () => {
    const slug = await editor.openStory()
    const read = (encoding: string) => fetch(`${site.url}/stories/${slug}`, { headers: { 'accept-encoding': encoding } })
    for (const encoding of ['gzip', 'identity']) {
      await expect.poll(async () => (await read(encoding)).headers.get('x-cache'), { timeout: 5_000 }).toBe('HIT')
      expect((await read(encoding)).headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null)
    }
    expect((await editor.publish(slug, 'The water is rising.')).status).toBe(201)
    const published = performance.now()
    await expect.poll(async () => (await read('gzip')).text(), { timeout: 4_000 }).toContain('The water is rising.')
    console.log(`in the page at the edge after ${Math.round(performance.now() - published)} ms`)
  })

  test('what never changes is kept, what is somebody’s own or streamed is not, and figures of the processes stay inside', async () => {
    const slug = await editor.openStory()
    const script = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${site.url}/stories/${slug}`)).text())?.[0]
    const cached = async (path: string) => (await editor.send('GET', path)).headers.get('x-cache')
    await expect.poll(() => cached(String(script)), { timeout: 5_000 }).toBe('HIT')
    for (const path of [`/admin/stories/${slug}`, `/api/stories/${slug}/desk`]) {
      await cached(path)
      expect(await cached(path)).toBe('BYPASS')
    }
    expect(await cached(`/api/stories/${slug}/log`)).toBeNull()
    expect((await editor.send('GET', '/metrics')).status).toBe(404)
  })

  test('tries of a password are counted by where they come from, whatever is said of it', async () => {
    const statuses = new Set<number>()
    // Ten are allowed, by each of two processes.
    for (let number = 1; number <= 21; number += 1) {
      const body = { email: 'nobody@example.org', password: 'not-the-password' }
      statuses.add((await editor.send('POST', '/api/auth/sign-in/email', body, { 'x-forwarded-for': `192.0.2.${number}` })).status)
    }
    expect([...statuses]).toEqual([401, 429])
  })

  test('readers lose nothing and meet no error while all four processes are restarted, and what was answered with 201 is in the log once', async () => {
    const slug = await editor.openStory()
    const pages = await Promise.all(Array.from({ length: readers }, () => followStory(site.url, slug)))
    const sockets = () => pages.reduce((sum, page) => sum + page.sockets(), 0)
    const load = new AbortController()
    onTestFinished(() => load.abort())
    const reading = readAgainAndAgain(site.url, slug, load.signal)
    const writing = writeAgainAndAgain(editor, slug, load.signal)

    const restart = async (role: string) => {
      for (const process of site.processes.filter((each) => each.role === role)) expect(await process.restart()).toBe(0)
    }
    await restart('web')
    expect(sockets(), 'a restart of the pages’ processes drops no socket').toBe(readers)
    await restart('live')
    load.abort()
    const [answers, written] = await Promise.all([reading, writing])

    const log = (await (await fetch(`${site.url}/api/stories/${slug}/log`)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; payload: { update?: { id: string } } })
    const logged = log.flatMap(({ payload }) => payload.update?.id ?? [])
    expect(logged).toEqual(written.ids)
    for (const page of pages) {
      await expect.poll(() => page.updates.length, { timeout: 15_000 }).toBe(logged.length)
      expect(page.updates).toEqual(logged)
      expect(page.seqs).toEqual(log.slice(1).map(({ seq }) => seq))
      expect([...page.connections]).not.toContain('offline')
    }
    expect(Object.keys(answers)).toEqual(['200'])
    console.log(
      `${written.ids.length} updates to ${readers} readers over ${sockets()} sockets, ${answers[200]} answers; ${written.repeated} writes were sent again`,
    )
  })

  test('a page that somebody has read is there when no process answers any more', async () => {
    const slug = await editor.openStory()
    const read = () => fetch(`${site.url}/stories/${slug}`)
    await expect.poll(async () => (await read()).headers.get('x-cache'), { timeout: 5_000 }).toBe('HIT')
    await Promise.all(site.processes.filter(({ role }) => role === 'web').map(({ kill }) => kill()))
    await expect.poll(async () => (await read()).headers.get('x-cache'), { timeout: 10_000 }).toBe('STALE')
    expect((await read()).status).toBe(200)
    expect((await fetch(`${site.url}/api/health`)).status).toBe(502)
  })

  test('who sends half of a request isn’t waited for', async () => {
    expect(await patience).toBeLessThan(15_000)
  })
})

/** Asks again and again, for what the edge has and for what it can't have; answers how many of each status there were. */
async function readAgainAndAgain(url: string, slug: string, signal: AbortSignal): Promise<Record<number, number>> {
  const answers: Record<number, number> = {}
  const read = async (path: string) => {
    const { status, body } = await fetch(url + path)
    await body?.cancel()
    answers[status] = (answers[status] ?? 0) + 1
  }
  let number = 0
  await paced(readEveryMs, signal, async () => {
    number += 1
    await Promise.all([read(`/stories/${slug}`), read(`/api/stories/${slug}/events?epoch=1&after=1&number=${number}`)])
  })
  return answers
}

type Written = { readonly ids: readonly string[]; readonly repeated: number }

/** Publishes one after the other, as the desk's outbox does: what wasn't answered with 201 is sent again, with its key. */
async function writeAgainAndAgain(editor: ApiClient, slug: string, signal: AbortSignal): Promise<Written> {
  const ids: string[] = []
  let key: string = randomUUID()
  let repeated = 0
  await paced(writeEveryMs, signal, async () => {
    const { status, body } = await editor.publish(slug, `Update ${ids.length}`, {}, key)
    if (status === 201) {
      ids.push((body as { id: string }).id)
      key = randomUUID()
    } else {
      expect(status).toBeGreaterThanOrEqual(500)
      repeated += 1
    }
  })
  return { ids, repeated }
}

/** Does it so often, but never twice at once, until the load is over. */
async function paced(everyMs: number, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  try {
    for await (const _ of setInterval(everyMs, null, { signal })) await act()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function sendHalf(url: string): Promise<number> {
  const { hostname, port } = new URL(url)
  const began = performance.now()
  const socket = connect(Number(port), hostname)
  socket.resume().write('GET / HTTP/1.1\r\nHost: loc')
  await new Promise((resolve) => socket.on('error', resolve).on('close', resolve))
  return performance.now() - began
}
