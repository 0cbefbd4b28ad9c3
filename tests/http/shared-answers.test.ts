import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ApiClient } from '../api-client.ts'
import { databaseKinds, makeServerDatabase, putDatabaseInto } from '../databases.ts'
import { type RunningServer, startServer } from '../running-server.ts'

type Sent = { status: number; headers: Record<string, string>; bytes: Buffer; text: string }

/** What is sent, as it is sent. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Sent> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, async (response) => {
      const bytes = await buffer(response)
      const encoding = response.headers['content-encoding']
      const decoded = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
      resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, bytes, text: decoded.toString() })
    })
      .on('error', reject)
      .end()
  })
}

describe('what all readers are answered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  let server: RunningServer
  let editor: ApiClient
  let slug: string
  let page: string

  beforeAll(async () => {
    await putDatabaseInto(folder)
    server = await startServer({ STAYTUNED_DATA: folder })
    editor = await ApiClient.signedIn(server.url)
    slug = await editor.openStory()
    page = `${server.url}/stories/${slug}`
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true })
  })

  test('is the same in each encoding, and compressed if one takes it', async () => {
    for (let number = 1; number <= 5; number += 1) await editor.publish(slug, `The bridge stays closed, for the ${number}th time.`)
    const [plain, gzip, brotli] = [
      await get(page),
      await get(page, { 'accept-encoding': 'gzip, deflate' }),
      await get(page, { 'accept-encoding': 'gzip, deflate, br;q=0.9' }),
    ]
    expect([plain, gzip, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
    expect(gzip.text).toBe(plain.text)
    expect(brotli.text).toBe(plain.text)
    expect(gzip.bytes.length).toBeLessThan(plain.bytes.length / 3)
    expect(new Set([plain, gzip, brotli].map(({ headers }) => headers.etag)).size).toBe(1)
    for (const { headers, bytes } of [plain, gzip, brotli]) {
      expect(headers).toMatchObject({
        vary: 'Accept-Encoding',
        'content-length': String(bytes.length),
        'cache-control': 'public, max-age=0, s-maxage=1, stale-while-revalidate=5, stale-if-error=60',
        'x-content-type-options': 'nosniff',
      })
    }
    const refused = await get(page, { 'accept-encoding': 'br;q=0, gzip;q=0.0' })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })

  test('isn’t sent again to whoever has it, and is as soon as it has changed', async () => {
    const first = await get(page, { 'accept-encoding': 'br' })
    const tag = first.headers.etag ?? ''
    const again = await get(page, { 'accept-encoding': 'br', 'if-none-match': `"other", ${tag}` })
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, tag])
    expect((await get(page, { 'if-none-match': '"other"' })).status).toBe(200)
    await editor.publish(slug, 'It has changed.')
    const changed = await get(page, { 'accept-encoding': 'br', 'if-none-match': tag })
    expect(changed.status).toBe(200)
    expect(changed.text).toContain('It has changed.')
  })

  test('has for HEAD what it would have for GET, without the text', async () => {
    const [whole, head] = [await get(page), await get(page, {}, 'HEAD')]
    expect(head.bytes.length).toBe(0)
    expect(head.headers['content-length']).toBe(whole.headers['content-length'])
    expect(head.headers.etag).toBe(whole.headers.etag)
  })

  test('lets the scripts and styles count that are written in it, and no others', async () => {
    const { text, headers } = await get(page)
    const policy = headers['content-security-policy'] ?? ''
    for (const [name, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ]) {
      const allowed = new RegExp(`${directive} ([^;]+)`).exec(policy)?.[1] ?? ''
      const written = Array.from(text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g')), ([, content = '']) => content)
      expect(written.length).toBeGreaterThan(0)
      const sums = written.map((content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`)
      expect(allowed.split(' ').toSorted()).toEqual(["'self'", ...sums].toSorted())
    }
    expect(text).not.toContain('nonce')
    expect(text).toContain('data-n-css=""')
  })

  test('is painted without any other file, and names no font that isn’t there', async () => {
    const { text } = await get(page)
    expect(text).not.toMatch(/<link[^>]*rel="stylesheet"/)
    const [, styles = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? []
    const fonts = Array.from(styles.matchAll(/url\(([^)]+)\)/g), ([, address = '']) => new URL(address, page).href)
    expect(fonts.length).toBeGreaterThan(5)
    for (const font of fonts) expect((await get(font)).headers['content-type']).toBe('font/woff2')
  })

  test('brings scripts that were compressed by the build, and are to be compiled as they come', async () => {
    const { text } = await get(page)
    const asked: unknown = JSON.parse(/\((\["\/_next[^\]]+\])\)/.exec(text)?.[1] ?? '[]')
    const scripts = z
      .array(z.string())
      .parse(asked)
      .filter((path) => path.includes('/chunks/'))
      .map((path) => new URL(path, page).href)
    expect(scripts.length).toBeGreaterThan(3)
    for (const script of scripts) {
      const [plain, gzip, brotli] = [
        await get(script),
        await get(script, { 'accept-encoding': 'gzip' }),
        await get(script, { 'accept-encoding': 'gzip, deflate, br' }),
      ]
      expect(plain.text.startsWith('//# allFunctionsCalledOnLoad\n')).toBe(true)
      expect(gzip.text).toBe(plain.text)
      expect(brotli.text).toBe(plain.text)
      expect(gzip.headers['content-encoding']).toBe('gzip')
      expect(brotli.headers['content-encoding']).toBe('br')
      expect(plain.headers['cache-control']).toContain('immutable')
      expect((await get(script, { 'if-none-match': plain.headers.etag ?? '' })).status).toBe(304)
      const head = await get(script, {}, 'HEAD')
      expect([head.status, head.bytes.length, head.headers['content-length']]).toEqual([200, 0, plain.headers['content-length']])
    }
    const [script = ''] = scripts
    expect((await get(script, {}, 'POST')).status).not.toBe(200)
    for (const path of ['/_next/static/chunks/none.js', '/_next/static/../staytuned/serve.mjs', '/_next/static/chunks']) {
      expect((await get(server.url + path)).status).toBe(404)
    }
  })

  test('is as new as what was written before, at every address', async () => {
    const inStory = (path: string) => `/api/stories/${slug}${path}`
    const addresses = [
      page,
      `${page}?order=oldest&show=key`,
      `${page}/whole`,
      server.url + inStory(''),
      `${server.url}/`,
      `${server.url}/api/stories`,
    ]
    const read = () => Promise.all(addresses.map(async (address) => (await get(address)).text))
    await read()
    const written = (await editor.publish(slug, 'First said so.', { key: true })).body as { id: string }
    const shown = await read()
    for (const text of shown) expect(text).toContain('First said so.')
    await editor.send(
      'PATCH',
      inStory(`/updates/${written.id}`),
      { body: 'Then said so.', correction: { note: 'It was wrong.' } },
      { 'if-match': '1' },
    )
    for (const text of await read()) expect(text).toContain('Then said so.')
    await editor.send('PATCH', inStory(''), { headline: 'A bridge is open' })
    for (const text of await read()) expect(text).toContain('A bridge is open')
    await editor.send('POST', inStory(`/updates/${written.id}/withdraw`), { notice: 'It never happened.' })
    for (const text of await read()) expect(text).not.toContain('Then said so.')
    await editor.send('PATCH', inStory(''), { status: 'closed', closingSummary: 'It is open.' })
    expect((await editor.send('PATCH', inStory(''), { archived: true })).status).toBe(200)
    expect((await get(`${server.url}/`)).text).not.toContain('A bridge is open')
  })

  test('is what was asked for, where a call takes something', async () => {
    const own = await editor.openStory()
    for (let number = 1; number <= 12; number += 1) await editor.publish(own, `Number ${number}.`, { key: number % 4 === 0 })
    const inStory = `${server.url}/api/stories/${own}`
    const seqs = async (query: string) =>
      (JSON.parse((await get(inStory + query)).text) as { updates: { seq: number }[] }).updates.map(({ seq }) => seq)
    for (let time = 0; time < 2; time += 1) {
      expect(await seqs('?limit=3')).toEqual([13, 12, 11])
      expect(await seqs('?show=key&limit=2')).toEqual([13, 9])
      expect(await seqs('?before=5&limit=2')).toEqual([4, 3])
      expect(await seqs('/updates?before=4&limit=5')).toEqual([3, 2])
      expect((await get(`${inStory}?limit=abc`)).status).toBe(400)
    }
  })

  test('is one and the same, whatever a link to it brings along', async () => {
    const [plain, shared] = [await get(page), await get(`${page}?utm_source=letter&fbclid=1`)]
    expect(shared.headers.etag).toBe(plain.headers.etag)
  })

  test('is nothing of what readers may not see, before and after they may', async () => {
    const draft = await editor.openStory({ status: 'draft', headline: 'Not out yet' })
    const address = `${server.url}/stories/${draft}`
    expect((await get(address)).status).toBe(404)
    await editor.send('PATCH', `/api/stories/${draft}`, { status: 'developing' })
    expect((await get(address)).text).toContain('Not out yet')
    expect((await get(`${server.url}/api/stories/${draft}/events?epoch=1&after=x`)).status).toBe(400)
    expect((await get(`${server.url}/stories/%E0%A4%A`)).status).toBe(404)
  })
})

describe.runIf(databaseKinds.includes('server'))('of two processes', () => {
  test('each answers what was written by the other, as soon as it has heard of it', async () => {
    const database = await makeServerDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
    const settings = { DATABASE_URL: database.url, STAYTUNED_DATA: folder }
    const one = await startServer(settings)
    const other = await startServer(settings)
    try {
      const editor = await ApiClient.signedIn(one.url)
      const slug = await editor.openStory()
      const there = `${other.url}/stories/${slug}`
      for (let number = 1; number <= 8; number += 1) {
        expect((await get(there)).status).toBe(200)
        await editor.publish(slug, `Said for the ${number}th time.`)
        expect((await get(`${one.url}/stories/${slug}`)).text).toContain(`Said for the ${number}th time.`)
        await expect.poll(async () => (await get(there)).text, { interval: 5, timeout: 1_000 }).toContain(`Said for the ${number}th time.`)
      }
    } finally {
      await Promise.all([one.stop(), other.stop()])
      await database.drop()
      rmSync(folder, { recursive: true })
    }
  })
})
