import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exportStory } from '#lib/archive/export-story.ts'
import { importStory } from '#lib/archive/import-story.ts'
import { type Media, openMedia } from '#lib/media/media.ts'
import { addPicture } from '#lib/newsroom/add-picture.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { type ArchiveManifest, archiveManifest } from '#lib/story/archive.ts'
import { canonicalJson, hashLink, hashPayload } from '#lib/story/chain.ts'
import { logEntry } from '#lib/story/log-entry.ts'
import { newPicture } from '#lib/story/new-picture.ts'
import { databaseKinds, openTestStore } from '../databases.ts'
import { grain, solid } from '../media/a-picture.ts'
import { blackPng, jpegSegment, withSegments } from '../media/file-parts.ts'
import { temporaryFolder } from '../store/temporary-folder.ts'
import { unzipped, zipped } from '../zip.ts'
import { answerOf, editor, openedStory, publish, tickingNewsroom } from './a-newsroom.ts'

const secret = Buffer.from('51.5007, -0.1246')

describe.each(databaseKinds)('an archive that somebody made up, on the %s database', (kind) => {
  let close: () => Promise<void>
  let newsroom: Newsroom
  let other: Newsroom
  let folder: string
  let media: Media
  let file: string
  let files: Map<string, Buffer>
  let pictureId: string

  beforeAll(async () => {
    const [here, there] = [await openTestStore(kind), await openTestStore(kind)]
    newsroom = tickingNewsroom(here.store, '2026-11-01T08:00:00Z')
    other = tickingNewsroom(there.store, '2026-11-02T08:00:00Z')
    close = async () => {
      await here.close()
      await there.close()
    }
  })
  afterAll(() => close())

  beforeEach(async () => {
    folder = temporaryFolder()
    file = join(folder, 'story.zip')
    const source = openMedia(join(folder, 'here'))
    const picture = answerOf(
      await addPicture(newsroom, source, editor, { ...newPicture.parse({}), file: await grain(300, 200).jpeg().toBuffer(), name: 'a.jpg' }),
    )
    pictureId = picture.id
    const slug = await openedStory(newsroom)
    await publish(newsroom, slug, `![A bridge](${picture.src})`)
    const stored = await newsroom.store.story(slug)
    if (!stored) throw new Error('no such story')
    const archive = exportStory(
      { store: newsroom.store, media: source, publicUrl: 'http://localhost', now: new Date(), ask: async () => null },
      stored,
    )
    writeFileSync(file, await buffer(archive))
    files = await unzipped(file)
    media = openMedia(join(folder, 'there'))
  })

  const manifest = () => archiveManifest.parse(JSON.parse(String(files.get('story.json'))))
  const change = (changes: Partial<ArchiveManifest>) => files.set('story.json', Buffer.from(JSON.stringify({ ...manifest(), ...changes })))
  const originals = () => (existsSync(join(folder, 'there')) ? readdirSync(join(folder, 'there')).filter((name) => name !== 'renditions') : [])
  const taken = async () => {
    await zipped(file, files)
    return importStory(other.store, media, file, new Date())
  }

  /** Puts another picture in the place of the archive's, and says so in the manifest. */
  function replacePicture(bytes: Buffer): void {
    const [picture] = manifest().pictures
    if (!picture) throw new Error('no picture')
    files.set(picture.file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    // What is said of it is made up too.
    change({ pictures: [{ ...picture, sha256, type: 'image/webp', width: 1, height: 1, bytes: 1 }] })
  }

  async function expectNothingImported(): Promise<void> {
    expect(originals()).toEqual([])
    expect(await other.store.isStoryKnown(manifest().story.id, manifest().story.slug)).toBe(false)
    expect(await other.store.pictures.picture(pictureId)).toBeNull()
  }

  test('keeps a clean picture byte for byte', async () => {
    const [picture] = manifest().pictures
    expect(await taken()).toMatchObject({ kind: 'imported', pictures: 1 })
    expect(readFileSync(join(folder, 'there', `${pictureId}.jpg`))).toEqual(files.get(picture?.file ?? ''))
  })

  test('keeps nothing of a picture but its pixels, and says of it what is so', async () => {
    replacePicture(withSegments(await grain(400, 300).jpeg().toBuffer(), jpegSegment(0xfe, secret)))
    expect(await taken()).toMatchObject({ kind: 'imported' })
    const bytes = readFileSync(join(folder, 'there', `${pictureId}.jpg`))
    expect(bytes.includes(secret)).toBe(false)
    expect((await other.store.pictures.picture(pictureId))?.picture).toMatchObject({
      type: 'image/jpeg',
      width: 400,
      height: 300,
      bytes: bytes.length,
    })
  })

  test('may share a picture with a story that was imported before, if it is the same', async () => {
    replacePicture(withSegments(await grain(400, 300).jpeg().toBuffer(), jpegSegment(0xfe, secret)))
    expect(await taken()).toMatchObject({ kind: 'imported' })
    await becomeAnotherStory('one more story')
    expect(await taken()).toMatchObject({ kind: 'imported' })
    await becomeAnotherStory('yet another story')
    replacePicture(await grain(400, 300).jpeg().toBuffer())
    expect(await taken()).toEqual({ kind: 'taken', what: manifest().pictures[0]?.file })
    expect(originals()).toHaveLength(1)
  })

  const unusable: [name: string, make: () => Buffer | Promise<Buffer>, problem: string][] = [
    ['a page', () => Buffer.from('<html>'), 'not-a-picture'],
    ['half a JPEG', async () => (await grain(300, 200).jpeg().toBuffer()).subarray(0, 5_000), 'broken-picture'],
    ['more pixels than are taken', () => blackPng({ width: 10_000, height: 5_001 }), 'too-many-pixels'],
  ]
  test.each(unusable)('with %s for a picture is refused, and nothing of it is imported', async (_, make, problem) => {
    replacePicture(await make())
    expect(await taken()).toMatchObject({ kind: 'unusable-picture', file: manifest().pictures[0]?.file, problem: { kind: problem } })
    await expectNothingImported()
  })

  test('leaves nothing of its good pictures behind when a later one is bad', async () => {
    const [picture] = manifest().pictures
    if (!picture) throw new Error('no picture')
    const id = '019a0000-0000-7000-8000-000000000001'
    const bad = { ...picture, id, file: `media/${id}.png`, sha256: createHash('sha256').update('<svg/>').digest('hex') }
    files.set(bad.file, Buffer.from('<svg/>'))
    change({ pictures: [picture, bad] })
    expect(await taken()).toMatchObject({ kind: 'unusable-picture', file: bad.file })
    await expectNothingImported()
  })

  test('with a picture of more than 40 MB is refused before that is read', async () => {
    replacePicture(Buffer.concat([await solid(10, 10).png().toBuffer(), Buffer.alloc(40 * 1024 * 1024)]))
    expect(await taken()).toMatchObject({ kind: 'broken-picture' })
    await zipped(file, files, /^$/)
    const packed = await importStory(other.store, media, file, new Date())
    expect(packed).toMatchObject({ kind: 'not-an-archive', reason: expect.stringContaining('much larger') })
    await expectNothingImported()
  })

  test('with a line of the log that never ends, or a log that unpacks to too much, is refused', async () => {
    const log = files.get('log.ndjson') ?? Buffer.alloc(0)
    files.set('log.ndjson', Buffer.concat([log, Buffer.alloc(5 * 1024 * 1024, '[')]))
    expect(await taken()).toMatchObject({ kind: 'not-an-archive', reason: expect.stringContaining('a line is longer') })
    files.set('log.ndjson', Buffer.concat([log, Buffer.alloc(128 * 1024 * 1024, '\n')]))
    expect(await taken()).toMatchObject({ kind: 'not-an-archive', reason: 'log.ndjson is longer than 128 MB' })
    await expectNothingImported()
  })

  test('whose log is consistent with itself and says what no event says is refused', async () => {
    await rewriteLog((entry) => (entry.type === 'update.published' ? { ...entry, payload: { update: { body: '<script>' } } } : entry))
    expect(await taken()).toMatchObject({ kind: 'not-an-archive', reason: 'event 2 is none that this version knows' })
    const deep = `"payload":${'['.repeat(20_000)}${']'.repeat(20_000)}`
    files.set('log.ndjson', Buffer.from(String(files.get('log.ndjson')).replace('"payload":{"update":{"body":"<script>"}}', deep)))
    expect(await taken()).toMatchObject({ kind: 'not-an-archive' })
    await expectNothingImported()
  })

  test('with tens of thousands of files is refused', async () => {
    await zipped(file, files)
    const zip = readFileSync(file)
    // The record at the end of a ZIP file says twice how many it has.
    const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
    for (const offset of [8, 10]) zip.writeUInt16LE(20_001, end + offset)
    writeFileSync(file, zip)
    const answer = await importStory(other.store, media, file, new Date())
    expect(answer).toMatchObject({ kind: 'not-an-archive', reason: expect.stringContaining('the most is 20000') })
  })

  /** Gives the story another id and address, and its updates other ids. */
  async function becomeAnotherStory(name: string): Promise<void> {
    const { story } = manifest()
    const [id, slug] = [randomUUID(), name.replaceAll(' ', '-')]
    const update = randomUUID()
    change({ story: { ...story, id, slug } })
    await rewriteLog((entry) => {
      const renamed = JSON.stringify(entry.payload).replaceAll(story.id, id).replaceAll(story.slug, slug)
      return { ...entry, payload: JSON.parse(renamed.replace(/("update":\{"id":)"[^"]+"/, `$1"${update}"`)) }
    })
  }

  type Entry = ReturnType<typeof logEntry.parse>

  /** Changes events of the log, and makes it consistent with itself again: anybody can. */
  async function rewriteLog(edit: (entry: Entry) => Entry): Promise<void> {
    const entries = String(files.get('log.ndjson'))
      .trim()
      .split('\n')
      .map((line) => edit(logEntry.parse(JSON.parse(line))))
    const story = manifest().story.id
    const lines: string[] = []
    let previous = ''
    for (const entry of entries) {
      const payloadHash = await hashPayload(entry.salt ?? '', entry.payload)
      previous = await hashLink({ story, seq: entry.seq, at: entry.at, type: entry.type }, payloadHash, previous)
      lines.push(canonicalJson({ ...entry, payloadHash, hash: previous }))
    }
    files.set('log.ndjson', Buffer.from(`${lines.join('\n')}\n`))
    change({ hash: previous })
  }
})
