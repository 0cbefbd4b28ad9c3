import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind, databaseKinds } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { scrape } from '../scrape.ts'

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const token = 'a-token-of-more-than-32-characters-that-nobody-knows'

describe.each([anyKind])('what can be measured of a process on the %s database', (kind) => {
  let own: OwnSettings
  let server: RunningServer
  let editor: ApiClient

  beforeAll(async () => {
    own = await ownSettings(kind)
    server = await startServer({ ...own.settings, STAYTUNED_METRICS_TOKEN: token })
    editor = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const follow = async (slug: string, fields: Record<string, unknown>) => {
    const socket = io(server.url, { transports: ['websocket'], reconnection: false, forceNew: true })
    onTestFinished(() => void socket.disconnect())
    const answer = await socket.timeout(5_000).emitWithAck('follow', { story: slug, ...fields })
    expect(answer).toMatchObject({ ok: true })
    const heard = new Promise((resolve) => socket.once('events', resolve))
    return { socket, heard }
  }

  test('sockets are counted while they are open, and deliveries once for each reader', async () => {
    const slug = await editor.openStory()
    const before = await scrape(server.url)
    const readers = await Promise.all(Array.from({ length: 5 }, () => follow(slug, { as: 'reader' })))
    const desk = await follow(slug, { as: 'desk' })
    const following = await scrape(server.url)
    expect(following.sum('staytuned_connections')).toBe(6)
    expect(following.sum('staytuned_followers', { kind: 'reader' })).toBe(5)
    expect(following.sum('staytuned_followers', { kind: 'onlooker' })).toBe(1)

    expect((await editor.publish(slug, 'The water is rising.')).status).toBe(201)
    await Promise.all([...readers, desk].map(({ heard }) => heard))
    const after = await scrape(server.url)
    expect(after.sum('staytuned_deliveries_total') - before.sum('staytuned_deliveries_total')).toBe(6)
    expect(after.sum('staytuned_publish_to_emit_seconds_count') - before.sum('staytuned_publish_to_emit_seconds_count')).toBe(1)
    const seconds = after.sum('staytuned_publish_to_emit_seconds_sum') - before.sum('staytuned_publish_to_emit_seconds_sum')
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThan(5)

    for (const { socket } of [...readers, desk]) socket.disconnect()
    await expect.poll(async () => (await scrape(server.url)).sum('staytuned_connections')).toBe(0)
    expect((await scrape(server.url)).sum('staytuned_followers')).toBe(0)
  })

  test('who asks for what was missed is counted by the way, and by where the answer was', async () => {
    const slug = await editor.openStory()
    await editor.publish(slug, 'Before anybody came.')
    const before = await scrape(server.url)
    const first = await follow(slug, { epoch: 1, after: 1 })
    await editor.publish(slug, 'While somebody is here.')
    await first.heard
    await follow(slug, { epoch: 1, after: 2 })
    await follow(slug, {})
    // From the store first, and from then on from memory.
    for (let time = 0; time < 3; time += 1) await editor.send('GET', `/api/stories/${slug}/events?epoch=1&after=1`)
    const after = await scrape(server.url)
    const moved = (labels: Record<string, string>) => after.sum('staytuned_catch_ups_total', labels) - before.sum('staytuned_catch_ups_total', labels)
    expect(moved({ via: 'socket', from: 'memory' })).toBe(2)
    expect(moved({ via: 'http', from: 'store' })).toBe(1)
    expect(moved({ via: 'http', from: 'memory' })).toBe(2)
    expect(moved({})).toBe(5)
    const kept = (result: string) => after.sum('staytuned_kept_answers_total', { result }) - before.sum('staytuned_kept_answers_total', { result })
    expect([kept('miss'), kept('hit')]).toEqual([1, 2])
  })

  test('requests are counted by kind, and so is what they ask of the database', async () => {
    const slug = await editor.openStory()
    const before = await scrape(server.url)
    await editor.send('GET', `/stories/${slug}`)
    await editor.send('GET', '/api/nothing')
    await editor.publish(slug, 'The water is rising.')
    const labelled: Record<string, string>[] = [
      { method: 'GET', route: 'page', status: '2xx' },
      { method: 'GET', route: 'api', status: '4xx' },
      { method: 'POST', route: 'api', status: '2xx' },
    ]
    for (const labels of labelled) {
      // An answer is over a little after it was read.
      await expect
        .poll(async () => (await scrape(server.url)).sum('staytuned_http_request_duration_seconds_count', labels))
        .toBe(before.sum('staytuned_http_request_duration_seconds_count', labels) + 1)
    }
    const after = await scrape(server.url)
    for (const operation of ['select', 'insert', 'update', 'begin', 'transaction']) {
      const count = (scraped: typeof after) => scraped.sum('staytuned_database_duration_seconds_count', { operation })
      expect(count(after), operation).toBeGreaterThan(count(before))
    }
  })

  test('the loop’s lag and the process itself are among the figures', async () => {
    const { names, sum } = await scrape(server.url)
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total']) {
      expect(names).toContain(name)
    }
    expect(sum('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
    for (const result of ['hit', 'miss', 'not-modified']) expect(sum('staytuned_kept_answers_total', { result })).toBeGreaterThanOrEqual(0)
  })

  test('the dashboard and the alerts ask for nothing that isn’t there', async () => {
    const { names } = await scrape(server.url)
    for (const asked of ['deploy/grafana.json', 'deploy/alerts.yml'].map(file)) {
      const used = new Set(asked.match(/\b(?:staytuned|nodejs|process)_\w+/g))
      expect(used.size).toBeGreaterThan(5)
      expect([...used].filter((name) => !names.has(name))).toEqual([])
    }
  })

  test('nobody reads them through a proxy, under another name or with a wrong token', async () => {
    const { host } = new URL(server.url)
    expect(await statusOf({ host })).toBe(200)
    const passedOn: Record<string, string>[] = [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-proto': 'https' },
      { 'x-real-ip': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { via: '1.1 edge' },
      { host: 'live.example.org' },
      { authorization: 'Bearer of-something-else' },
      { authorization: `Bearer ${token}x` },
    ]
    for (const headers of passedOn) expect(await statusOf({ host, ...headers }), JSON.stringify(headers)).toBe(403)
    expect(await statusOf({ host: 'live.example.org', 'x-forwarded-for': '192.0.2.7', authorization: `Bearer ${token}` })).toBe(200)
    expect((await editor.send('POST', '/metrics')).status).toBe(405)
  })

  const statusOf = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      // Unlike fetch, this says the host that it is told to.
      const asked = request(`${server.url.replace('localhost', '127.0.0.1')}/metrics`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      asked.on('error', reject)
      asked.end()
    })
})

test('each alarm is explained, with what to do, where it says that it is', () => {
  const anchors = [...file('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const alarms = [...file('deploy/alerts.yml').matchAll(/alert: (\w+)[\s\S]*?runbook_url: (\S+)/g)]
  expect(alarms.length).toBeGreaterThan(5)
  for (const [, name = '', runbook = ''] of alarms) {
    const [page, anchor] = runbook.split('#')
    expect([page, anchor], name).toEqual(['docs/operations.md', name.toLowerCase()])
    expect(anchors).toContain(anchor)
  }
})

// Only a server can be shared by processes of two roles.
test.each(databaseKinds.includes('server') ? ['web', 'live'] : [])('a process of the role %s answers with the same figures', async (role) => {
  const own = await ownSettings('server')
  const server = await startServer({ ...own.settings, STAYTUNED_ROLE: role })
  onTestFinished(async () => {
    await server.kill()
    await own.drop()
  })
  const { names } = await scrape(server.url)
  expect([...names]).toEqual(
    expect.arrayContaining(['staytuned_connections', 'staytuned_publish_to_emit_seconds_bucket', 'nodejs_eventloop_lag_p99_seconds']),
  )
  const elsewhere = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } })
  expect([elsewhere.status, elsewhere.headers.get('x-request-id')]).toEqual([403, expect.stringMatching(/^[\da-f-]{36}$/)])
})
