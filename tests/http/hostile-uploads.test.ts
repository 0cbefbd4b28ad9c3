import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addedPicture } from '#lib/story/new-picture.ts'
import { pictureLimits } from '#lib/story/picture.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { effort } from '../effort.ts'
import { grain, solid } from '../media/a-picture.ts'
import { bombs, foreign, type HostileFile, hostileFiles, polyglots } from '../media/hostile-files.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'

/**
 * What the worst pictures may take beside what the program has anyway, in bytes: 500 MB for the one that is read (see
 * cleanPicture), and those that wait, and what isn't given back yet. Measured: 580 to 790 MB.
 */
const mostMemory = 1024 ** 3

/** Of the worst of all, so that some have to wait for others. More are told to come again later: tests/media/gate.test.ts. */
const atOnce = effort(3, 6)

const statuses = {
  'not-a-picture': 415,
  'broken-picture': 422,
  'too-many-pixels': 422,
  'too-large': 413,
  'not-a-form': 415,
  invalid: 400,
  busy: 503,
} as const

describe('what somebody sends who means harm', () => {
  let own: OwnSettings
  let data: string
  let temporary: string
  let server: RunningServer
  let editor: ApiClient
  let good: Buffer<ArrayBuffer>
  let taken = 0
  let memoryBefore = 0

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    data = own.data
    temporary = join(data, 'temporary')
    mkdirSync(temporary)
    server = await startServer({ ...own.settings, TMPDIR: temporary })
    editor = await ApiClient.signedIn(server.url)
    good = await solid(40, 30).jpeg().toBuffer()
    await expectWell()
    memoryBefore = memory('VmHWM')
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  async function send(body: BodyInit, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    // A body that is a stream has no length that could be announced.
    const streamed = body instanceof ReadableStream ? { duplex: 'half' } : {}
    const options = { method: 'POST', body, headers: { cookie: editor.cookie, ...headers }, ...streamed }
    const response = await fetch(`${server.url}/api/media`, options)
    const answer: unknown = await response.json()
    if (response.status === 201) taken += 1
    else expect(response.headers.get('content-type')).toBe('application/problem+json')
    return { status: response.status, body: answer }
  }

  function form(file: Uint8Array<ArrayBuffer>, name = 'photo.jpg', type = 'image/jpeg'): FormData {
    const made = new FormData()
    made.append('file', new File([file], name, { type }))
    return made
  }

  function expectProblem(answer: { status: number; body: unknown }, kind: keyof typeof statuses): void {
    const status = statuses[kind]
    expect(answer).toEqual({
      status,
      body: expect.objectContaining({
        type: `urn:staytuned:problem:${kind}`,
        status,
        title: expect.any(String),
        detail: expect.stringMatching(/^.{10,400}$/),
      }),
    })
  }

  const filesOf = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((each) => (each.isFile() ? each.name : []))

  /** The same process still serves, has left nothing lying about, and takes a picture that is one. */
  async function expectWell(): Promise<void> {
    expect((await send(form(good))).status).toBe(201)
    const health = await fetch(`${server.url}/api/health`)
    expect(await health.json()).toMatchObject({ status: 'ok' })
    expect(process.kill(server.pid, 0)).toBe(true)
    expect(filesOf(join(data, 'media'))).toHaveLength(taken)
    expect(filesOf(temporary)).toEqual([])
  }

  /** In bytes: VmHWM is the most that the program ever had. */
  function memory(what: 'VmHWM' | 'VmRSS'): number {
    return 1024 * Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1])
  }

  // What is refused is decided in cleanPicture, where each of the others is tried (tests/media): here once for each reason.
  const refused = (['not-a-picture', 'broken-picture', 'too-many-pixels'] as const).flatMap(
    (outcome) => hostileFiles.find((each) => each.outcome === outcome) ?? [],
  )
  test.each<HostileFile>([...polyglots, ...refused, ...bombs])('$name: $outcome', async ({ make, outcome }) => {
    const file = new Uint8Array(await make())
    // Making it may have blocked this process for longer than the server keeps an idle connection: let fetch hear that it is closed.
    await setImmediate()
    const answer = await send(form(file))
    if (outcome === 'taken') {
      expect(answer.status).toBe(201)
      const { id, src, width, height } = addedPicture.parse(answer.body)
      expect(Math.max(width, height)).toBeLessThanOrEqual(2560)
      const [kept = ''] = readdirSync(join(data, 'media')).filter((name) => name.startsWith(id))
      expect(readFileSync(join(data, 'media', kept)).includes(foreign)).toBe(false)
      const rendition = await fetch(`${server.url}${src}/320.jpg`)
      expect(Buffer.from(await rendition.arrayBuffer()).includes(foreign)).toBe(false)
      expect(Object.fromEntries(rendition.headers)).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' })
      taken += 1
    } else {
      expectProblem(answer, outcome)
    }
    await expectWell()
  })

  const otherNames: [string, string, string][] = [
    ['a page', 'x.html', 'text/html'],
    ['an SVG', 'x.svg', 'image/svg+xml'],
    ['nothing known', '', ''],
    ['a file elsewhere', '../../../etc/passwd', 'image/png'],
    ['a file elsewhere on Windows', '..\\..\\x.jpg', 'image/jpeg'],
    ['a name of another direction', '\u202egnp.exe', 'image/jpeg'],
  ]
  test.each(otherNames)('a picture that says it is %s is a picture, with a name of ours', async (_, name, type) => {
    expect(await send(form(good, name, type))).toMatchObject({ status: 201, body: { type: 'image/jpeg' } })
    await expectWell()
  })

  test('a page that says it is a picture is none, whatever it says', async () => {
    for (const type of ['image/jpeg', 'image/png', 'image/svg+xml', 'text/html']) {
      expectProblem(await send(form(new TextEncoder().encode('<script>alert(1)</script>'), 'x.jpg', type)), 'not-a-picture')
    }
    await expectWell()
  })

  test('more than 20 MB, announced or not', async () => {
    const beyond = new Uint8Array(pictureLimits.bytes + 1)
    beyond.set(good)
    expectProblem(await send(form(beyond)), 'too-large')
    const part = new Uint8Array(1024 * 1024)
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(part) })
    expectProblem(await sendUntilAnswered(endless), 'too-large')
    const within = form(new Uint8Array(await grain(1000, 1000).png().toBuffer()))
    const sent = new Response(within)
    expect(await send(sent.body ?? '', { 'content-type': sent.headers.get('content-type') ?? '' })).toMatchObject({ status: 201 })
    await expectWell()
  })

  /** The connection may end while there is still something to send: what was answered before counts. */
  async function sendUntilAnswered(body: ReadableStream<Uint8Array>) {
    const { port } = new URL(server.url)
    const head = `POST /api/media HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${editor.cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n`
    const socket = connect(Number(port), '127.0.0.1')
    let answered = ''
    const whole = new Promise<void>((resolve) => {
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
      socket.on('data', (bytes) => {
        answered += bytes
        if (answered.includes('"detail"')) resolve()
      })
    })
    socket.write(head)
    let isOver = false
    const over = whole.then(() => {
      isOver = true
    })
    for await (const part of body) {
      if (isOver) break
      socket.write(`${part.length.toString(16)}\r\n`)
      socket.write(part)
      if (!socket.write('\r\n')) await Promise.race([over, new Promise<void>((resolve) => socket.once('drain', resolve))])
    }
    socket.destroy()
    const json = /\{.*\}/s.exec(answered)?.[0] ?? '{}'
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answered)?.[1]), body: JSON.parse(json) as unknown }
  }

  describe('as a form that is none', () => {
    const type = 'multipart/form-data; boundary=x'
    const part = (name: string, value: string | Buffer, more = '') =>
      Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`), Buffer.from(value), Buffer.from('\r\n')])
    const whole = (...parts: readonly Buffer[]) => Buffer.concat([...parts, Buffer.from('--x--\r\n')])
    const picture = () => part('file', good, '; filename="a.jpg"')

    const broken: [name: string, body: () => Buffer | string, contentType: string, kind: keyof typeof statuses][] = [
      ['without a boundary', () => whole(picture()), 'multipart/form-data', 'invalid'],
      ['with an empty boundary', () => whole(picture()), 'multipart/form-data; boundary=', 'invalid'],
      ['with a boundary of 10,000 letters', () => whole(picture()), `multipart/form-data; boundary=${'x'.repeat(10_000)}`, 'invalid'],
      ['with another boundary than it says', () => whole(picture()), 'multipart/form-data; boundary=y', 'invalid'],
      ['without an end', () => picture(), type, 'invalid'],
      ['that ends in the middle of the picture', () => whole(picture()).subarray(0, 200), type, 'invalid'],
      ['without a byte', () => '', type, 'invalid'],
      ['without a field', () => whole(), type, 'invalid'],
      ['without a file', () => whole(part('alt', 'A quay')), type, 'invalid'],
      ['with two files', () => whole(picture(), picture()), type, 'invalid'],
      ['with a file in another field', () => whole(part('photo', good)), type, 'invalid'],
      ['with a field without a name', () => whole(Buffer.from('--x\r\nContent-Disposition: form-data\r\n\r\na\r\n'), picture()), type, 'invalid'],
      ['with a field without a head', () => whole(Buffer.from('--x\r\n\r\na\r\n'), picture()), type, 'invalid'],
      ['with a head of 1 MB', () => whole(part('file', good, `; filename="a.jpg"\r\nX-More: ${'x'.repeat(1024 * 1024)}`)), type, 'invalid'],
      ['with a file name of 10,000 letters', () => whole(part('file', good, `; filename="${'x'.repeat(10_000)}.jpg"`)), type, 'invalid'],
      ['with 1000 fields', () => whole(...Array.from({ length: 1000 }, (_, index) => part(`f${index}`, 'x')), picture()), type, 'invalid'],
      ['with a field that isn’t known', () => whole(part('isAdmin', 'true'), picture()), type, 'invalid'],
      ['with a field called as what every object has', () => whole(part('__proto__', '{}'), picture()), type, 'invalid'],
      ['with a NUL in the words', () => whole(part('alt', 'a\0b'), picture()), type, 'invalid'],
      ['with too many words', () => whole(part('alt', 'x'.repeat(1001)), picture()), type, 'invalid'],
      ['with a megabyte of words', () => whole(part('alt', 'x'.repeat(1024 * 1024)), picture()), type, 'invalid'],
      [
        'whose picture is written in letters',
        () => whole(part('file', good.toString('base64'), '\r\nContent-Transfer-Encoding: base64')),
        type,
        'not-a-picture',
      ],
      ['of mixed parts', () => whole(picture()), 'multipart/mixed; boundary=x', 'not-a-form'],
      ['that is a picture', () => good, 'image/jpeg', 'not-a-form'],
      ['that is JSON', () => '{"file":"a"}', 'application/json', 'not-a-form'],
      ['in an address’s form', () => 'file=a', 'application/x-www-form-urlencoded', 'not-a-form'],
    ]
    test.each(broken)('%s', async (_, body, contentType, kind) => {
      expectProblem(await send(new Uint8Array(Buffer.from(body())), { 'content-type': contentType }), kind)
      await expectWell()
    })

    const odd: [name: string, body: () => Buffer][] = [
      ['with a NUL in the file’s name', () => whole(part('file', good, '; filename="a\0.jpg"'))],
      ['with a path for the file’s name', () => whole(part('file', good, '; filename="/etc/passwd"'))],
      ['with words that are no UTF-8', () => whole(part('alt', Buffer.from([0x61, 0xff, 0xfe])), picture())],
      ['with something behind its end', () => Buffer.concat([whole(picture()), Buffer.from('<script>')])],
    ]
    test.each(odd)('%s, the picture is taken', async (_, body) => {
      expect((await send(new Uint8Array(body()), { 'content-type': type })).status).toBe(201)
      await expectWell()
    })

    test('that ends before it should, and that says it is packed', async () => {
      const { port } = new URL(server.url)
      const socket = connect(Number(port), '127.0.0.1')
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()))
      socket.end(`POST /api/media HTTP/1.1\r\nHost: x\r\nCookie: ${editor.cookie}\r\nContent-Type: ${type}\r\nContent-Length: 100000\r\n\r\n--x\r\n`)
      socket.resume()
      await closed
      expectProblem(await send(new Uint8Array(good), { 'content-type': type, 'content-encoding': 'gzip' }), 'invalid')
      await expectWell()
    })
  })

  test(`the worst of them, ${atOnce} at once: they wait for each other, or are told to`, async () => {
    const worst = bombs.find(({ name }) => name.includes('interlaced'))
    const sent = new Uint8Array(Buffer.from((await worst?.make()) ?? ''))
    const answers = await Promise.all(Array.from({ length: atOnce }, () => send(form(sent))))
    const refusedOnes = answers.filter(({ status }) => status !== 201)
    expect(refusedOnes.length).toBeLessThanOrEqual(atOnce - 3)
    for (const answer of refusedOnes) expectProblem(answer, 'busy')
    await expectWell()
  })

  test.runIf(existsSync('/proc/self/status'))('has taken no more memory than the worst picture needs, and gives it back', () => {
    expect(memory('VmHWM') - memoryBefore).toBeLessThan(mostMemory)
    expect(memory('VmRSS') - memoryBefore).toBeLessThan(mostMemory / 2)
  })
})
