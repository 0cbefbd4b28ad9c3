import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { StoredStory } from '#lib/db/rows.ts'
import type { Store } from '#lib/db/store.ts'
import type { Media } from '#lib/media/media.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { type ArchivedPicture, type ArchiveManifest, archiveNames } from '#lib/story/archive.ts'
import { pictureIdsNamed } from '#lib/story/picture.ts'
import { partOf } from '#lib/story/story-part.ts'
import { digestOf } from './digest.ts'
import { savePage } from './save-page.ts'

type Sources = {
  readonly store: Store
  readonly media: Media
  readonly publicUrl: string
  readonly now: Date
  /** What this server answers a reader at a path; null where that isn't a success. */
  readonly ask: (path: string) => Promise<Buffer | null>
}

/**
 * A story as an archive (lib/story/archive.ts), written as it is read: its log, one picture at a time, and the pages of all of it. A query
 * for each 100 events and one for each picture.
 */
export function exportStory(sources: Sources, stored: StoredStory): Readable {
  const zip = new yazl.ZipFile()
  // The library's own stream, which it declares as something older.
  const output = zip.outputStream as Readable
  // What goes wrong on the way ends the file before its end. Where nobody reads on, nothing more is read either.
  zip.on('error', (error: Error) => output.destroy(error))
  void addAll(zip, sources, stored).catch((error: Error) => output.destroy(error))
  return output
}

async function addAll(zip: yazl.ZipFile, { store, media, publicUrl, now, ask }: Sources, stored: StoredStory): Promise<void> {
  const { story, head, chain } = stored
  const ids = new Set<string>()
  await addStream(zip, archiveNames.log, Readable.from(logLines(store, stored, ids)))

  const pictures: ArchivedPicture[] = []
  for (const id of ids) {
    const [found, original] = await Promise.all([store.pictures.picture(id), media.original(id)])
    // What was erased, or lost with its file, is not there for readers either.
    if (!found || !original) continue
    const file = `${archiveNames.pictures}${id}.${original.extension}`
    // Compressed they are already.
    await addStream(zip, file, Readable.from([original.bytes]), { compress: false })
    pictures.push({ ...found.picture, file, sha256: digestOf(original.bytes) })
  }

  const pictureFile = (id: string) => pictures.find((picture) => picture.id === id)?.file
  const whole = `/stories/${story.slug}/whole`
  const pageFile = (path: string) => {
    const [page, query] = path.split('?')
    return page === whole ? partFile(Number(new URLSearchParams(query).get('part') ?? 1)) : undefined
  }
  const files = new Set<string>()
  for (let part = 1; part <= partOf(head); part += 1) {
    const html = await ask(`${whole}?part=${part}`)
    if (!html) break
    const page = await savePage(html.toString('utf8'), { fetchBytes: ask, publicUrl, pictureFile, pageFile, folder: archiveNames.pageFiles })
    // All parts have the same fonts.
    for (const { name, bytes } of page.files) if (!files.has(name)) zip.addBuffer(bytes, name)
    for (const { name } of page.files) files.add(name)
    zip.addBuffer(Buffer.from(page.html), partFile(part))
  }

  const { id, slug, headline } = story
  const manifest: ArchiveManifest = {
    format: 'staytuned-story',
    version: 1,
    story: { id, slug, headline },
    head,
    hash: chain,
    exportedAt: now.toISOString(),
    pictures,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), archiveNames.manifest)
  zip.end()
}

/** A browser begins with the first part, and finds the others beside it. */
function partFile(part: number): string {
  return part === 1 ? archiveNames.page : `part-${part}.html`
}

/** The log line by line; the ids of our own pictures in it are collected on the way. */
async function* logLines(store: Store, stored: StoredStory, ids: Set<string>): AsyncGenerator<string, void, undefined> {
  for await (const entry of readLogOf(store, stored)) {
    const line = `${JSON.stringify(entry)}\n`
    for (const id of pictureIdsNamed(line)) ids.add(id)
    yield line
  }
}

/** Done once all of it has been written. */
function addStream(zip: yazl.ZipFile, name: string, stream: Readable, options: { compress?: boolean } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('end', resolve)
    stream.on('error', reject)
    zip.addReadStream(stream, name, options)
  })
}
