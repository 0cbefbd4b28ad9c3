import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { picturePage } from '#lib/story/kept-picture.ts'
import { type AddedPicture, addedPicture } from '#lib/story/new-picture.ts'
import { pictureLimits } from '#lib/story/picture.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { grain, solid } from '../media/a-picture.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'

describe('the HTTP API of pictures', () => {
  let own: OwnSettings
  let server: RunningServer
  let editor: ApiClient
  let nobody: ApiClient

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer(own.settings)
    editor = await ApiClient.signedIn(server.url)
    nobody = new ApiClient(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const problem = (kind: string, status: number) =>
    expect.objectContaining({ type: `urn:staytuned:problem:${kind}`, status, title: expect.any(String), detail: expect.any(String) })

  async function send(client: ApiClient, body: BodyInit, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}/api/media`, { method: 'POST', body, headers: { cookie: client.cookie, ...headers } })
    const answer: unknown = await response.json()
    return { status: response.status, type: response.headers.get('content-type'), body: answer }
  }

  function form(file: Uint8Array<ArrayBuffer> | null, words: Record<string, string> = {}, named: { name: string; type: string } = photo): FormData {
    const made = new FormData()
    for (const [name, value] of Object.entries(words)) made.append(name, value)
    if (file) made.append('file', new File([file], named.name, { type: named.type }))
    return made
  }
  const photo = { name: 'photo.jpg', type: 'image/jpeg' }

  async function added(file: Uint8Array<ArrayBuffer>, words: Record<string, string> = {}): Promise<AddedPicture> {
    const sent = await send(editor, form(file, words))
    expect(sent.status).toBe(201)
    return addedPicture.parse(sent.body)
  }

  const get = (path: string) => fetch(server.url + path)

  test('an editor uploads a picture, an update shows it, and every reader loads it as it suits the screen', async () => {
    const { id, ...picture } = await added(await grain(1000, 500).jpeg().toBuffer(), { credit: 'Ann Author', alt: 'A bridge' })
    expect(picture).toEqual({ src: `/media/${id}`, width: 1000, height: 500, type: 'image/jpeg', bytes: expect.any(Number) })
    expect(readdirSync(join(own.data, 'media'))).toContain(`${id}.jpg`)

    for (const [name, type, format] of [
      ['640.avif', 'image/avif', 'heif'],
      ['640.webp', 'image/webp', 'webp'],
      ['640.jpg', 'image/jpeg', 'jpeg'],
    ] as const) {
      const response = await get(`${picture.src}/${name}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.status).toBe(200)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      })
      expect(await sharp(bytes).metadata()).toMatchObject({ format, width: 640, height: 320 })
    }
    expect(await sharp(await (await get(`${picture.src}/1920.jpg`)).arrayBuffer()).metadata()).toMatchObject({ width: 1000 })

    const slug = await editor.openStory()
    expect((await editor.publish(slug, `![A bridge](${picture.src})\n\n![Theirs](https://elsewhere.example/a.png)`)).status).toBe(201)
    expect((await nobody.send('GET', `/api/stories/${slug}`)).body).toMatchObject({
      updates: [{ body: { content: [{ attrs: { src: picture.src, credit: 'Ann Author', width: 1000, height: 500 } }, {}] } }],
    })
    const page = await (await get(`/stories/${slug}`)).text()
    expect(page).toContain(`${picture.src}/960.avif 960w, ${picture.src}/1280.avif 1000w`)
    expect(page).toMatch(/<img[^>]* width="1000" height="500"/)
    // Not before the reader asks.
    expect(page).not.toMatch(/<(img|source)[^>]*elsewhere\.example/)
    expect(page).toMatch(/<a[^>]*href="https:\/\/elsewhere\.example\/a\.png"/)
  })

  test('what is said of a picture can be changed, and the answer says how it is then', async () => {
    const { id } = await added(await solid(40, 30).png().toBuffer(), { credit: 'Ann' })
    const change = (changes: unknown, path = `/api/media/${id}`) => editor.send('PATCH', path, changes)
    expect((await change({ alt: ' The  quay ', focus: { x: 0, y: 1 } })).body).toMatchObject({
      id,
      alt: 'The quay',
      credit: 'Ann',
      focus: { x: 0, y: 1 },
    })
    expect((await change({})).body).toMatchObject({ alt: 'The quay', focus: { x: 0, y: 1 } })
    expect((await change({ credit: '', focus: null })).body).toMatchObject({ alt: 'The quay', credit: null, focus: null })
    for (const [changes, path] of [
      [{ focus: { x: 1.01, y: 0 } }, 'focus.x'],
      [{ focus: { x: 0.5 } }, 'focus.y'],
      [{ alt: 'x'.repeat(1001) }, 'alt'],
      [{ credit: 'a\0b' }, 'credit'],
      [{ width: 1 }, ''],
    ] as const) {
      expect((await change(changes)).body).toMatchObject({ status: 400, issues: [{ path }] })
    }
    expect((await change({ alt: 'x' }, '/api/media/019a0000-0000-7000-8000-000000000009')).body).toEqual(problem('no-such-picture', 404))
    expect((await change({ alt: 'x' }, '/api/media/none')).body).toEqual(problem('no-such-picture', 404))
    expect((await nobody.send('PATCH', `/api/media/${id}`, { alt: 'x' })).body).toEqual(problem('sign-in-needed', 401))
  })

  test('the desk looks through what was uploaded, and nobody else does', async () => {
    const ids: string[] = []
    for (const name of ['../first of three.jpg', 'second of three.jpg', 'third of three.jpg']) {
      const sent = await send(editor, form(await solid(8, 6).png().toBuffer(), { alt: 'Steps' }, { name, type: 'image/png' }))
      ids.push(addedPicture.parse(sent.body).id)
    }
    const list = async (query: string) => {
      const { body } = await editor.send('GET', `/api/media${query}`)
      return picturePage.parse(body)
    }
    const first = await list('?q=OF+three+steps&limit=2')
    expect(first.pictures.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    const second = await list(`?q=OF+three+steps&limit=2&before=${first.next}`)
    expect(second).toMatchObject({ pictures: [{ id: ids[0], name: 'first of three.jpg', alt: 'Steps', credit: null, focus: null }], next: null })
    expect((await list('')).pictures.slice(0, 3).map(({ id }) => id)).toEqual(ids.toReversed())
    expect(await list('?q=nothing+like+it')).toEqual({ pictures: [], next: null })
    for (const query of ['?limit=0', '?limit=101', '?before=x', `?q=${'x'.repeat(201)}`]) {
      expect((await editor.send('GET', `/api/media${query}`)).body).toEqual(expect.objectContaining({ status: 400 }))
    }
    expect((await editor.send('GET', '/api/media')).headers.get('cache-control')).toBe('no-store')
    expect((await nobody.send('GET', '/api/media')).body).toEqual(problem('sign-in-needed', 401))
  })

  test('each picture that can’t be taken is refused with the reason', async () => {
    const jpeg = await grain(200, 200).jpeg().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    expect(await send(editor, form(svg, {}, { name: 'a.svg', type: 'image/svg+xml' }))).toMatchObject({
      status: 415,
      body: problem('not-a-picture', 415),
    })
    expect(await send(editor, form(svg, {}, photo))).toMatchObject({ type: 'application/problem+json', body: problem('not-a-picture', 415) })
    expect((await send(editor, form(jpeg.subarray(0, jpeg.length / 2)))).body).toEqual(problem('broken-picture', 422))
    const huge = await sharp({ create: { width: 8000, height: 6251, channels: 3, background: '#888' } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect((await send(editor, form(huge))).body).toMatchObject({ status: 422, detail: 'It has 50.1 million pixels; the most is 50.0.' })

    expect((await send(editor, form(null))).body).toMatchObject({ status: 400, issues: [{ path: 'file' }] })
    expect((await send(editor, form(null, { file: 'words' }))).body).toEqual(problem('not-a-picture', 415))
    expect((await send(editor, form(jpeg, { credit: 'x'.repeat(301) }))).body).toMatchObject({ status: 400, issues: [{ path: 'credit' }] })
    expect((await send(editor, form(jpeg, { licence: 'x' }))).status).toBe(400)
    expect((await send(editor, '{}', { 'content-type': 'application/json' })).body).toEqual(problem('not-a-form', 415))
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
      expect((await send(editor, 'no form', { 'content-type': type })).body).toEqual(expect.objectContaining({ status: 400 }))
    }

    expect((await send(nobody, form(jpeg))).body).toEqual(problem('sign-in-needed', 401))
    expect((await send(editor, form(jpeg), { origin: 'https://evil.example' })).body).toEqual(problem('foreign-origin', 403))
    // A file's declared name and type count for nothing.
    expect((await send(editor, form(jpeg, {}, { name: '../../x.svg', type: 'image/svg+xml' }))).body).toMatchObject({ type: 'image/jpeg' })
  })

  test('more than 20 MB are refused: by what was announced, or as soon as they have come', async () => {
    const beyond = new Uint8Array(pictureLimits.bytes + 1)
    expect((await send(editor, form(beyond))).body).toEqual(problem('too-large', 413))
    expect((await send(editor, form(new Uint8Array(pictureLimits.bytes + 100_000)))).body).toEqual(problem('too-large', 413))
    expect(await sendForever(server.url, editor.cookie)).toBe(413)
    expect((await send(editor, form(beyond.subarray(1)))).body).toEqual(problem('not-a-picture', 415))
  })

  test('there is nothing at any other address', async () => {
    const { src } = await added(await solid(400, 300).png().toBuffer())
    const missing = '/media/019a0000-0000-7000-8000-000000000009'
    for (const path of [
      `${src}/641.jpg`,
      `${src}/640.png`,
      `${src}/640.jpg%00`,
      `${missing}/640.jpg`,
      '/media/..%2F..%2Fsecret/640.jpg',
      '/media/%2e%2e/640.jpg',
      `${src}/..%2F..%2F..%2Fsecret`,
      `/media/renditions/640.jpg`,
    ]) {
      expect((await get(path)).status, path).toBe(404)
    }
    expect(await (await get(`${missing}/640.jpg`)).json()).toEqual(problem('no-such-picture', 404))
    const slug = await editor.openStory()
    expect((await editor.publish(slug, `![](${missing})`)).body).toMatchObject({
      status: 400,
      detail: `body: names a picture that is not here: ${missing}`,
    })
  })
})

/** The status that a body without an end, and without a length, is answered with. */
function sendForever(url: string, cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(`${url}/api/media`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked' },
    })
    const part = Buffer.alloc(1024 * 1024)
    const more = () => {
      while (!sending.destroyed && sending.write(part));
    }
    sending.on('drain', more)
    sending.on('response', (response) => {
      resolve(response.statusCode)
      sending.destroy()
    })
    sending.on('error', reject)
    more()
  })
}
