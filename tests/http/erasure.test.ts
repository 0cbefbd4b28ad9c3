import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { channels, type ErasureStep, erasureStep } from '#lib/story/erasure.ts'
import { ApiClient } from '../api-client.ts'
import { putDatabaseInto } from '../databases.ts'
import { grain } from '../media/a-picture.ts'
import { type RunningServer, startServer } from '../running-server.ts'

const secret = 'Zebrowski'
const words = `The driver of the red lorry was Karim ${secret}.`
const device = '01900000-0000-7000-8000-00000000000d'

describe('an erasure', () => {
  const data = mkdtempSync(join(tmpdir(), 'staytuned-'))
  let server: RunningServer
  let admin: ApiClient

  beforeAll(async () => {
    await putDatabaseInto(data)
    server = await startServer({ STAYTUNED_DATA: data })
    admin = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(data, { recursive: true })
  })

  const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id
  const get = async (path: string, cookie = '') => {
    const response = await fetch(server.url + path, { redirect: 'manual', headers: { cookie } })
    return { status: response.status, location: response.headers.get('location'), text: await response.text() }
  }
  async function erase(slug: string, what: object): Promise<ErasureStep[]> {
    const { status, body } = await admin.send('POST', `/api/stories/${slug}/erasures`, { reason: 'By order of a court.', confirm: slug, ...what })
    expect(status).toBe(200)
    return stepsIn(body)
  }
  const stepsIn = (body: unknown) =>
    String(body)
      .trim()
      .split('\n')
      .map((line) => erasureStep.parse(JSON.parse(line)))
  const leftIn = (steps: readonly ErasureStep[]) =>
    steps.flatMap((step) => (step.kind === 'checked' && step.left.length > 0 ? [[step.channel, step.left]] : []))

  /** A story in which the words have been everywhere: published, corrected, withdrawn, claimed, asked, shown, typed. */
  async function told() {
    const slug = await admin.openStory()
    const started = new Date().toISOString()
    for (let each = 1; each <= 4; each += 1) await admin.publish(slug, `Nothing new at the bridge, for the ${each}th time.`)
    const picture = (await admin.upload(await grain(700, 400).jpeg().toBuffer())).body as { id: string; src: string }
    await admin.send('PATCH', `/api/media/${picture.id}`, { alt: words, credit: secret })
    const body = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: words.slice(0, 20) },
            { type: 'text', marks: [{ type: 'bold' }], text: words.slice(20) },
          ],
        },
        { type: 'image', attrs: { src: picture.src, alt: words } },
      ],
    }
    const published = await admin.send('POST', `/api/stories/${slug}/updates`, { title: words, body, tags: [secret], key: true, pinned: true })
    const update = idOf(published)
    await admin.send(
      'PATCH',
      `/api/stories/${slug}/updates/${update}`,
      { title: `${words} So it is said.`, correction: { note: `It was ${secret}.` } },
      { 'if-match': '1' },
    )
    const claim = idOf(await admin.send('POST', `/api/stories/${slug}/claims`, { statement: words, claimant: { name: secret }, updates: [update] }))
    const question = idOf(await admin.send('POST', `/api/stories/${slug}/questions`, { text: `Why did ${secret} drive?`, updates: [update] }))
    const { body: session } = await admin.send('GET', '/api/auth/get-session')
    const personId = (session as { user: { id: string } }).user.id
    await admin.send('PUT', `/api/stories/${slug}/unsent/${device}`, { personId, text: { editing: { [update]: words } } })
    for (let each = 1; each <= 12; each += 1) await admin.publish(slug, `And nothing since, for the ${each}th time.`)
    expect((await get(`${picture.src}/640.webp`)).status).toBe(200)
    return { slug, started, picture: picture.id, update, claim, question, ended: new Date().toISOString() }
  }

  /** Every page that links lead to from these, and what each says. */
  async function crawl(from: readonly string[], cookie = ''): Promise<Map<string, string>> {
    const seen = new Map<string, string>()
    const waiting = [...from]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue
      const { status, location, text } = await get(path, cookie)
      seen.set(path, text)
      expect({ path, status }).toEqual({ path, status: expect.toSatisfy((code: number) => code < 500) })
      const links = text.startsWith('<!DOCTYPE html>')
        ? Array.from(text.matchAll(/(?:href|src|action)="(\/[^"#]*)/g), ([, link = '']) => link.replaceAll('&amp;', '&'))
        : []
      waiting.push(...[...links, location ?? ''].filter((link) => /^\/(stories|media|$)/.test(link)))
    }
    return seen
  }

  test('leaves nothing of it in anything that the server answers, in the database or in the data folder, and proves it', async () => {
    const { slug, started, ended, picture, update, claim, question } = await told()
    const sockets = await follow(slug)
    expect((await get(`/stories/${slug}?around=${update}`)).text).toContain(secret)
    expect(filesWith(data, secret)).not.toEqual([])
    const steps = await erase(slug, { updates: [update], claims: [claim], questions: [question] })

    expect(steps[0]).toMatchObject({ kind: 'erased', events: 5, pictures: 1, picturesKept: 0 })
    expect(leftIn(steps)).toEqual([])
    expect(steps.flatMap((step) => (step.kind === 'checked' ? step.channel : []))).toEqual([...channels])
    expect(steps.at(-1)).toEqual({ kind: 'proof', gone: channels.length, of: channels.length, ms: expect.any(Number) })
    expect(await sockets.epoch).toBe(2)
    sockets.close()

    const page = `/stories/${slug}`
    const api = `/api/stories/${slug}`
    const pages = await crawl([
      '/',
      page,
      `${page}/at/${ended}`,
      `${page}/compare?from=${started}&to=${ended}`,
      `${page}/search?q=${secret.slice(0, 5)}`,
    ])
    expect(pages.size).toBeGreaterThan(20)
    const asked = [
      '',
      '/updates?limit=100',
      `/updates/${update}`,
      '/events?epoch=1&after=0',
      '/events?epoch=2&after=0',
      '/changes?epoch=2&after=0',
      '/log',
      '/desk',
      '/notes',
      `/updates/${update}/history`,
    ]
    const answers = new Map(pages)
    for (const path of asked) answers.set(path, (await get(api + path, admin.cookie)).text)
    for (const path of [
      '/api/stories',
      '/api/media',
      `/api/media?q=${secret}`,
      '/api/audit?limit=200',
      '/api/audit/export?format=csv',
      `/admin/stories/${slug}`,
      `/admin/stories/${slug}/claims`,
      '/admin',
      '/admin/audit',
      `${api}/unsent?personId=x`,
    ]) {
      answers.set(path, (await get(path, admin.cookie)).text)
    }
    expect([...answers].filter(([, text]) => text.includes(secret)).map(([path]) => path)).toEqual([])
    expect(await get(`${page}/updates/${update}`)).toMatchObject({ status: 404 })
    expect(await get(`/media/${picture}/640.webp`)).toMatchObject({ status: 404 })
    const audit = (await admin.send('GET', `/api/audit?story=${slug}&limit=10`)).body as { entries: { action: string; detail: object }[] }
    expect(audit.entries.find(({ action }) => action === 'erasure-checked')?.detail).toMatchObject({
      gone: channels.length,
      of: channels.length,
      left: '',
    })

    await server.stop()
    expect(filesWith(data, secret)).toEqual([])
    expect(await rowsWith(data, secret)).toEqual([])
    server = await startServer({ STAYTUNED_DATA: data })
    admin = await ApiClient.signedIn(server.url)
  })

  test('says where words still are that were said elsewhere too, and can be asked again once they aren’t', async () => {
    const slug = await admin.openStory({ standfirst: words })
    await admin.send('POST', `/api/stories/${slug}/notes`, { text: `Did we write that ${words}` })
    const update = idOf(await admin.publish(slug, words))
    const steps = await erase(slug, { updates: [update] })
    const left = new Map(leftIn(steps) as [string, string[]][])
    expect([...left.keys()].sort()).toEqual(['api', 'asOf', 'database', 'desk', 'events', 'older', 'page', 'search'].sort())
    expect(left.get('database')).toEqual(['stories (1)', 'events (1)', 'notes (1)'])
    expect(left.get('page')).toContain(`/stories/${slug}`)
    expect(JSON.stringify(steps)).not.toContain(secret)
    const again = await admin.send('POST', `/api/stories/${slug}/erasures/check`, { words: 'Of this there never was a word.' })
    expect(leftIn(stepsIn(again.body))).toEqual([])
    expect(leftIn(stepsIn((await admin.send('POST', `/api/stories/${slug}/erasures/check`, { words })).body))).not.toEqual([])
  })

  test('keeps a picture that something else shows', async () => {
    const slug = await admin.openStory()
    const picture = (await admin.upload(await grain(400, 300).jpeg().toBuffer())).body as { id: string; src: string }
    const body = (alt: string) => ({ type: 'doc', content: [{ type: 'image', attrs: { src: picture.src, alt } }] })
    const update = idOf(await admin.send('POST', `/api/stories/${slug}/updates`, { body: body('A lorry of which too much can be seen.') }))
    await admin.send('POST', `/api/stories/${slug}/updates`, { body: body('A lorry') })
    const steps = await erase(slug, { updates: [update] })
    expect(steps[0]).toMatchObject({ pictures: 0, picturesKept: 1 })
    expect(leftIn(steps)).toEqual([])
    expect((await get(`${picture.src}/320.webp`)).status).toBe(200)
  })

  test('goes on to its proof though nobody waits for it', async () => {
    const slug = await admin.openStory()
    const update = idOf(await admin.publish(slug, 'This is gone before anybody has waited.'))
    const body = JSON.stringify({ updates: [update], reason: 'x', confirm: slug })
    const left = new AbortController()
    const headers = { cookie: admin.cookie, 'content-type': 'application/json' }
    const response = await fetch(`${server.url}/api/stories/${slug}/erasures`, { method: 'POST', body, headers, signal: left.signal })
    await response.body?.getReader().read()
    left.abort()
    await expect
      .poll(async () => JSON.stringify((await admin.send('GET', `/api/audit?story=${slug}&action=erasure-checked`)).body), { timeout: 20_000 })
      .toMatch(/"gone":10\b/)
  })

  /** A reader over a plain socket: the epoch that it is told of first that isn't the one that it began with. */
  async function follow(slug: string): Promise<{ epoch: Promise<number>; close: () => void }> {
    const socket: Socket = io(server.url, { transports: ['websocket'] })
    const answered: { ok: boolean; epoch: number } = await socket.emitWithAck('follow', { story: slug })
    expect(answered.ok).toBe(true)
    const epoch = new Promise<number>((resolve) => {
      const hear = (said: { epoch: number }) => said.epoch !== answered.epoch && resolve(said.epoch)
      socket.on('events', hear)
      socket.on('head', hear)
    })
    return { epoch, close: () => socket.close() }
  }
})

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The tables of which a row holds the text: those of Postgres itself too. */
async function rowsWith(folder: string, text: string): Promise<string[]> {
  const database = await openEmbeddedDatabase(folder)
  try {
    return await database.session(async (run) => {
      const tables = await run(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE tablename NOT LIKE 'pg_largeobject%'`, [])
      const found: string[] = []
      for (const { name } of tables) {
        const [row] = await run(`SELECT count(*)::int AS count FROM ${name} t WHERE t::text LIKE '%${text}%'`, [])
        if (row?.count !== 0) found.push(String(name))
      }
      return found
    })
  } finally {
    await database.close()
  }
}
