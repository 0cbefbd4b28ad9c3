import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import type { Store } from '#lib/db/store.ts'
import type { Media } from '#lib/media/media.ts'
import { type ArchivedPicture, type ArchiveManifest, archiveManifest, archiveNames } from '#lib/story/archive.ts'
import { type Checked, checkLog, type LogEntry } from '#lib/story/chain.ts'
import { fieldsOf } from '#lib/story/fields.ts'
import { pictureLimits } from '#lib/story/picture.ts'
import { digestOf } from './digest.ts'
import { logEntriesIn } from './log-lines.ts'

/** Why an archive isn't taken in. */
export type ArchiveProblem =
  | { readonly kind: 'not-an-archive'; readonly reason: string }
  /** Its log isn't the one that was written: which event, and in which way. */
  | { readonly kind: 'broken-log'; readonly checked: Extract<Checked, { kind: 'broken' }> }
  | { readonly kind: 'broken-picture'; readonly file: string }
  /** A story with its id or its address is there, or a picture with an id of one of its pictures and other content. */
  | { readonly kind: 'taken'; readonly what: string }

export type Imported = { readonly kind: 'imported'; readonly slug: string; readonly events: number; readonly pictures: number; readonly hash: string }

/** In bytes. */
const mostManifest = 16 * 1024 * 1024
const mostLog = 512 * 1024 * 1024

/**
 * Takes a story in from the archive at that path: once its log is found to be whole, to end as its manifest says, and each picture to be
 * the one that was exported. Either all of it is taken in or nothing. The log is held in memory, the pictures are read one by one, twice.
 */
export async function importStory(store: Store, media: Media, path: string, now: Date): Promise<Imported | ArchiveProblem> {
  const opened = await openArchive(path)
  if (opened.kind !== 'archive') return opened
  const { archive } = opened
  try {
    const read = await readArchive(archive)
    if (read.kind !== 'read') return read
    const { manifest, log } = read
    const { story, hash, pictures } = manifest
    const taken = await isTaken(store, media, manifest)
    if (taken !== null) return { kind: 'taken', what: taken }
    const written: ArchivedPicture[] = []
    try {
      for (const picture of pictures) {
        // What is there already is the same, and stays whatever becomes of this.
        if (await media.original(picture.id)) continue
        await media.restore(picture.id, picture.file.split('.').at(-1) ?? '', await buffer(await archive.read(picture.file)))
        written.push(picture)
      }
      const isNew = await store.importStory(log, pictures, now)
      if (!isNew) throw new Taken()
    } catch (error) {
      // Another that takes in the same may have been faster, and relies on them.
      for (const { id } of written) if ((await store.pictures.picture(id)) === null) await media.remove(id)
      if (error instanceof Taken) return { kind: 'taken', what: story.slug }
      throw error
    }
    return { kind: 'imported', slug: story.slug, events: log.length, pictures: pictures.length, hash }
  } finally {
    archive.close()
  }
}

class Taken extends Error {}

type Archive = {
  has(name: string): boolean
  /** How many bytes a file says that it has. */
  size(name: string): number
  read(name: string): Promise<Readable>
  close(): void
}

async function openArchive(path: string): Promise<{ kind: 'archive'; archive: Archive } | ArchiveProblem> {
  try {
    // Names are checked by the library: none leads out of the archive.
    const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const named = (name: string): yauzl.Entry => {
      const entry = entries.get(name)
      if (!entry) throw new Error(`the archive has no ${name}`)
      return entry
    }
    const archive: Archive = {
      has: (name) => entries.has(name),
      size: (name) => named(name).uncompressedSize,
      // Ends with an error if there is more of it than it says.
      read: (name) => zip.openReadStreamPromise(named(name)),
      close: () => zip.close(),
    }
    return { kind: 'archive', archive }
  } catch (error) {
    return { kind: 'not-an-archive', reason: messageOf(error) }
  }
}

type Read = { readonly kind: 'read'; readonly manifest: ArchiveManifest; readonly log: readonly LogEntry[] }

/** All of it but the pictures, once everything in it is what it says it is. */
async function readArchive(archive: Archive): Promise<Read | ArchiveProblem> {
  try {
    if (archive.size(archiveNames.manifest) > mostManifest) return { kind: 'not-an-archive', reason: `${archiveNames.manifest} is too long` }
    const parsed = archiveManifest.safeParse(JSON.parse((await buffer(await archive.read(archiveNames.manifest))).toString('utf8')))
    if (!parsed.success) return { kind: 'not-an-archive', reason: `${archiveNames.manifest} is none of this version` }
    const manifest = parsed.data
    if (archive.size(archiveNames.log) > mostLog) return { kind: 'not-an-archive', reason: `${archiveNames.log} is too long` }
    const log: LogEntry[] = []
    const checked = await checkLog(manifest.story.id, kept(await archive.read(archiveNames.log), log))
    if (checked.kind === 'broken') return { kind: 'broken-log', checked }
    const { story: named } = manifest
    const { id, slug } = fieldsOf(fieldsOf(log[0]?.payload).story)
    if (id !== named.id || slug !== named.slug) return { kind: 'not-an-archive', reason: 'its log is of another story than it says' }
    if (checked.hash !== manifest.hash || checked.events !== manifest.head) {
      return { kind: 'broken-log', checked: { kind: 'broken', seq: checked.events, what: 'end' } }
    }
    for (const picture of manifest.pictures) {
      if (!(await isWhole(archive, picture))) return { kind: 'broken-picture', file: picture.file }
    }
    return { kind: 'read', manifest, log }
  } catch (error) {
    return { kind: 'not-an-archive', reason: messageOf(error) }
  }
}

/** The entries of a log, each of which goes into the list too. */
async function* kept(input: Readable, log: LogEntry[]): AsyncGenerator<LogEntry, void, undefined> {
  for await (const entry of logEntriesIn(input)) {
    log.push(entry)
    yield entry
  }
}

async function isWhole(archive: Archive, { id, file, sha256 }: ArchivedPicture): Promise<boolean> {
  if (!file.includes(id) || !archive.has(file) || archive.size(file) > pictureLimits.bytes * 2) return false
  return digestOf(await buffer(await archive.read(file))) === sha256
}

/** What of it is here already, and is another: the address of the story, or a picture. A picture that is the same is none. */
async function isTaken(store: Store, media: Media, { story, pictures }: ArchiveManifest): Promise<string | null> {
  if (await store.isStoryKnown(story.id, story.slug)) return story.slug
  for (const { id, file, sha256 } of pictures) {
    const there = await media.original(id)
    if (there && digestOf(there.bytes) !== sha256) return file
  }
  return null
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
