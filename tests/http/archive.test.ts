import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importStory } from '#lib/archive/import-story.ts'
import { openMedia } from '#lib/media/media.ts'
import { archiveManifest } from '#lib/story/archive.ts'
import { ApiClient } from '../api-client.ts'
import { openTestStore, putDatabaseInto } from '../databases.ts'
import { grain } from '../media/a-picture.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { unzipped, zipped } from '../zip.ts'

const run = promisify(execFile)

describe('an archive of a story', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staytuned-'))
  const [here, there] = [join(folder, 'here'), join(folder, 'there')]
  const file = join(folder, 'story.zip')
  let server: RunningServer
  let slug: string
  let moment: string
  let end: string
  let pictureSrc: string
  let empty: Awaited<ReturnType<typeof openTestStore>>

  beforeAll(async () => {
    await putDatabaseInto(here)
    await putDatabaseInto(there)
    empty = await openTestStore('embedded')
    server = await startServer({ STAYTUNED_DATA: here })
    await tell(await ApiClient.signedIn(server.url))
  })
  afterAll(async () => {
    await server?.stop()
    await empty?.close()
    rmSync(folder, { recursive: true })
  })

  const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id

  /** A story with everything in it that a story can have. */
  async function tell(editor: ApiClient): Promise<void> {
    slug = await editor.openStory({ status: 'draft', standfirst: 'What we know.' })
    const inStory = (path: string) => `/api/stories/${slug}${path}`
    await editor.publish(slug, 'Written before anybody could read it.')
    const picture = (await editor.upload(await grain(900, 600).jpeg().toBuffer())).body as { id: string; src: string }
    pictureSrc = picture.src
    await editor.send('PATCH', `/api/media/${picture.id}`, { alt: 'A bridge in the fog', credit: 'The desk' })
    await editor.send('PATCH', inStory(''), { status: 'developing', cover: { src: picture.src, alt: 'A bridge in the fog' } })
    const image = { type: 'image', attrs: { src: picture.src, alt: 'The bridge, seen from the bank' } }
    const text = {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The bridge is ' },
        { type: 'text', marks: [{ type: 'bold' }], text: 'closed.' },
      ],
    }
    const first = idOf(await editor.send('POST', inStory('/updates'), { title: 'Closed', body: { type: 'doc', content: [text, image] }, key: true }))
    await editor.send(
      'PATCH',
      inStory(`/updates/${first}`),
      { title: 'Closed for now', correction: { note: 'It opens on Monday.' } },
      { 'if-match': '1' },
    )
    moment = new Date().toISOString()
    const second = idOf(await editor.publish(slug, 'Somebody said what was wrong.'))
    await editor.send('POST', inStory(`/updates/${second}/withdraw`), { notice: 'It was wrong.' })
    const third = idOf(await editor.publish(slug, 'A name that had to be erased.'))
    const claim = idOf(
      await editor.send('POST', inStory('/claims'), { statement: 'It opens on Monday.', claimant: { name: 'Ann Berg' }, updates: [first, third] }),
    )
    await editor.send('POST', inStory(`/claims/${claim}/assessments`), { standing: 'disputed', reason: 'The builders say so.' }, { 'if-match': '1' })
    await editor.send('POST', inStory('/questions'), { text: 'When does it open?' })
    await editor.send('POST', inStory('/erasures'), { updates: [third], reason: 'By order of a court.', confirm: slug })
    for (let each = 1; each <= 30; each += 1) await editor.publish(slug, `Nothing new, for the ${each}th time.`)
    await editor.send('PATCH', inStory(`/updates/${first}`), { pinned: true })
    await editor.send('PATCH', inStory(''), { status: 'closed', closingSummary: 'It is open again.' })
    end = new Date().toISOString()
    const response = await fetch(server.url + inStory('/archive'), { headers: { cookie: editor.cookie } })
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${slug}.zip"`)
    writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  }

  /** What readers see on the story's pages, and what programs are answered. */
  async function readings(): Promise<Record<string, string>> {
    const page = `/stories/${slug}`
    const pages = [
      page,
      `${page}?order=oldest`,
      `${page}?before=20`,
      `${page}/whole`,
      `${page}/corrections`,
      `${page}/at/${moment}`,
      `${page}/compare?from=${moment}&to=${end}`,
      `${page}/search?q=bridge`,
    ]
    const answers = [`/api${page}`, `/api${page}/log`, `/api${page}/updates?limit=100`, `/api${page}/events?epoch=2&after=3`, `${pictureSrc}/640.jpg`]
    const found: Record<string, string> = {}
    for (const path of [...pages, ...answers]) {
      const response = await fetch(server.url + path)
      expect({ path, status: response.status }).toEqual({ path, status: 200 })
      const bytes = Buffer.from(await response.arrayBuffer())
      const text = bytes.toString('utf8')
      found[path] = text.startsWith('<!DOCTYPE') ? textOf(text) : text.startsWith('{') ? text : createHash('sha256').update(bytes).digest('hex')
    }
    return found
  }

  test('that is imported elsewhere gives the same pages and the same chain', async () => {
    const before = await readings()
    const files = await unzipped(file)
    const manifest = archiveManifest.parse(JSON.parse(String(files.get('story.json'))))
    expect(manifest).toMatchObject({ story: { slug }, pictures: [{ alt: 'A bridge in the fog', credit: 'The desk' }] })
    expect([...files.keys()]).toEqual(expect.arrayContaining(['index.html', 'log.ndjson', manifest.pictures[0]?.file]))
    // Unlike what readers are given, it has the time before.
    expect(String(files.get('log.ndjson'))).toContain('Written before anybody could read it.')
    expect([...files.values()].some((bytes) => bytes.includes('A name that had to be erased.'))).toBe(false)

    await server.stop()
    expect((await imports(file, there)).stdout).toContain(`${slug}: imported. Its log is consistent with itself:`)
    server = await startServer({ STAYTUNED_DATA: there })
    expect(await readings()).toEqual(before)
    expect((await imports(file, here)).stderr).toContain(`${slug} is here already.`)

    // It goes on from there, and so does its chain.
    const editor = await ApiClient.signedIn(server.url)
    const withdrawn = (await editor.send('GET', `/api/stories/${slug}/desk`)).body as { withdrawn: { said: object }[] }
    expect(JSON.stringify(withdrawn.withdrawn[0]?.said)).toContain('Somebody said what was wrong.')
    await editor.send('PATCH', `/api/stories/${slug}`, { status: 'developing' })
    expect((await editor.publish(slug, 'And it goes on.')).status).toBe(201)
    const checked = await run(process.execPath, ['lib/cli/run.js', 'verify-log', `${server.url}/api/stories/${slug}/log`])
    expect(checked.stdout).toMatch(/: consistent\. \d+ events \(1 erased, 2 from before readers could see it\)/)
  })

  type Change = [name: string, file: string, change: (bytes: Buffer) => Buffer, problem: object]
  const changes: Change[] = [
    [
      'one word of the log',
      'log.ndjson',
      (bytes) => Buffer.from(String(bytes).replace('Nothing new', 'Nothing old')),
      { kind: 'broken-log', checked: { what: 'payload' } },
    ],
    [
      'its last line',
      'log.ndjson',
      (bytes) => Buffer.from(String(bytes).trim().split('\n').slice(0, -1).join('\n')),
      { kind: 'broken-log', checked: { what: 'end' } },
    ],
    ['a picture', 'media', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), { kind: 'broken-picture' }],
    ['the format', 'story.json', (bytes) => Buffer.from(String(bytes).replace('"version": 1', '"version": 2')), { kind: 'not-an-archive' }],
  ]
  async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
    const other = join(folder, 'changed.zip')
    const files = await unzipped(file)
    await zipped(other, new Map([...files].map(([each, bytes]) => [each, each.startsWith(name) ? change(bytes) : bytes])))
    return other
  }

  test.each(changes)('of which %s was changed is not taken in', async (_, name, change, problem) => {
    const media = openMedia(join(folder, 'empty-media'))
    expect(await importStory(empty.store, media, await changed(name, change), new Date())).toMatchObject(problem)
    expect(await empty.store.stories({ limit: 1, isForReaders: false })).toEqual([])
  })

  test('that was changed is not taken in by the program either, which says why', async () => {
    const other = await changed('log.ndjson', (bytes) => Buffer.from(String(bytes).replace('Nothing new', 'Nothing old')))
    const { stderr, code } = await imports(other, here)
    expect(code).toBe(1)
    expect(stderr).toMatch(/BROKEN at event \d+: what it says/)
    expect(stderr).toContain('Nothing was imported.')
  })

  test('that is none is said to be none', async () => {
    const none = join(folder, 'none.zip')
    writeFileSync(none, 'No archive at all')
    const media = openMedia(join(folder, 'empty-media'))
    for (const path of [none, join(folder, 'nowhere.zip')]) {
      expect(await importStory(empty.store, media, path, new Date())).toMatchObject({ kind: 'not-an-archive', reason: expect.any(String) })
    }
  })
})

/** The page's text as it reads, without what a script makes of it and the minute at which it was made. */
function textOf(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/\n+/g, '\n')
    .replace(/as of .* UTC/, 'as of now')
}

async function imports(file: string, data: string): Promise<{ stdout: string; stderr: string; code: number }> {
  const env = { ...process.env, STAYTUNED_DATA: data, DATABASE_URL: '' }
  try {
    return { ...(await run(process.execPath, ['lib/cli/run.js', 'import', file], { env })), code: 0 }
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }
    return { stdout, stderr, code }
  }
}
