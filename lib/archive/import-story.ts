import type { Readable } from 'node:stream'
import type { Store } from '#lib/db/store.ts'
import type { CleanPicture, PictureProblem } from '#lib/media/clean-picture.ts'
import type { Media } from '#lib/media/media.ts'
import { type ArchivedPicture, type ArchiveManifest, archiveManifest, archiveNames } from '#lib/story/archive.ts'
import { type Checked, checkLog, type LogEntry } from '#lib/story/chain.ts'
import { event } from '#lib/story/event.ts'
import { fieldsOf } from '#lib/story/fields.ts'
import type { KeptPicture } from '#lib/story/kept-picture.ts'
import { pictureLimits } from '#lib/story/picture.ts'
import { digestOf } from './digest.ts'
import { logEntriesIn } from './log-lines.ts'
import { type Archive, openArchive } from './open-archive.ts'

/** Why an archive isn't taken in. */
export type ArchiveProblem =
  | { readonly kind: 'not-an-archive'; readonly reason: string }
  /** Its log isn't consistent with itself: which event, and in which way. */
  | { readonly kind: 'broken-log'; readonly checked: Extract<Checked, { kind: 'broken' }> }
  /** A picture that is missing, or isn't the one that the manifest names. */
  | { readonly kind: 'broken-picture'; readonly file: string }
  /** A picture that wouldn't be taken as an upload either. */
  | { readonly kind: 'unusable-picture'; readonly file: string; readonly problem: PictureProblem }
  /** A story with its id or its address is there, or a picture with an id of one of its pictures and other content. */
  | { readonly kind: 'taken'; readonly what: string }

export type Imported = { readonly kind: 'imported'; readonly slug: string; readonly events: number; readonly pictures: number; readonly hash: string }

const megabyte = 1024 ** 2
const maxManifestBytes = 16 * megabyte
/** A story of 20,000 updates has about 40 MB. In memory it takes some times as much. */
const maxLogBytes = 128 * megabyte
const maxEvents = 200_000
/** A picture that is kept can be longer than the upload that it was made of: lossless ones are written anew. */
const maxPictureBytes = 2 * pictureLimits.bytes
/** How many times the archive's own size its pictures may have together: they are compressed already, so more is a decompression bomb. */
const maxExpansion = 2

/**
 * Imports a story from the archive at that path, if its log is consistent with itself and ends as the manifest says. Nobody signs archives,
 * so that proves nothing about where it comes from: whoever can change the log can also write its hashes anew. The pictures are
 * cleaned and bounded as uploads are, and one that is clean already stays byte for byte. Either all of it is imported or nothing. The log is
 * held in memory; the pictures are read one by one.
 */
export async function importStory(store: Store, media: Media, path: string, now: Date): Promise<Imported | ArchiveProblem> {
  let archive: Archive
  try {
    archive = await openArchive(path)
  } catch (error) {
    return notAnArchive(error)
  }
  try {
    const read = await readLog(archive)
    if (read.kind !== 'read') return read
    return await importRead(store, media, archive, read, now)
  } finally {
    archive.close()
  }
}

type Read = { readonly kind: 'read'; readonly manifest: ArchiveManifest; readonly log: readonly LogEntry[] }

/** The manifest and the log, once they fit each other and their limits. */
async function readLog(archive: Archive): Promise<Read | ArchiveProblem> {
  try {
    const json: unknown = JSON.parse((await archive.read(archiveNames.manifest, maxManifestBytes)).toString('utf8'))
    const parsed = archiveManifest.safeParse(json)
    if (!parsed.success) return { kind: 'not-an-archive', reason: `${archiveNames.manifest} is none of this version` }
    const manifest = parsed.data
    const pictureBytes = manifest.pictures.reduce((sum, { file }) => sum + archive.sizeOf(file), 0)
    if (pictureBytes > archive.size * maxExpansion) {
      return { kind: 'not-an-archive', reason: 'its pictures together are much larger than the archive itself' }
    }
    const log: LogEntry[] = []
    const checked = await checkLog(manifest.story.id, collected(await archive.stream(archiveNames.log, maxLogBytes), log))
    if (checked.kind === 'broken') return { kind: 'broken-log', checked }
    const { id, slug } = fieldsOf(fieldsOf(log[0]?.payload).story)
    if (log[0]?.type !== 'story.opened' || id !== manifest.story.id || slug !== manifest.story.slug) {
      return { kind: 'not-an-archive', reason: 'its log is of another story than it says' }
    }
    if (checked.hash !== manifest.hash || checked.events !== manifest.head) {
      return { kind: 'broken-log', checked: { kind: 'broken', seq: checked.events, what: 'end' } }
    }
    const unknown = log.find((entry) => !isEvent(entry))
    if (unknown) return { kind: 'not-an-archive', reason: `event ${unknown.seq} is none that this version knows` }
    return { kind: 'read', manifest, log }
  } catch (error) {
    return notAnArchive(error)
  }
}

/** Whether it says what an event of a story can say, or was erased. A log that is consistent with itself can say anything. */
function isEvent({ payload, ...entry }: LogEntry): boolean {
  const fields = fieldsOf(payload)
  return 'erased' in fields || event.safeParse({ ...fields, ...entry }).success
}

/** The entries of a log, each of which goes into the list too. Throws if there are too many. */
async function* collected(input: Readable, log: LogEntry[]): AsyncGenerator<LogEntry, void, undefined> {
  for await (const entry of logEntriesIn(input)) {
    if (log.length === maxEvents) throw new Error(`its log has more than ${maxEvents} events`)
    log.push(entry)
    yield entry
  }
}

async function importRead(store: Store, media: Media, archive: Archive, { manifest, log }: Read, now: Date): Promise<Imported | ArchiveProblem> {
  const { story, hash, pictures } = manifest
  if (await store.isStoryKnown(story.id, story.slug)) return { kind: 'taken', what: story.slug }
  const written: string[] = []
  const kept: KeptPicture[] = []
  let isImported = false
  try {
    for (const picture of pictures) {
      const clean = await cleanPictureIn(archive, media, picture)
      if (clean.kind !== 'picture') return clean
      const there = await media.original(picture.id)
      // What is there already and is the same stays, whatever becomes of this.
      if (there && ![picture.sha256, digestOf(clean.bytes)].includes(digestOf(there.bytes))) return { kind: 'taken', what: picture.file }
      if (!there) {
        written.push(picture.id)
        await media.restore(picture.id, clean)
      }
      const { type, width, height } = clean
      kept.push({ ...picture, type, width, height, bytes: (there ?? clean).bytes.length })
    }
    isImported = await store.importStory(log, kept, now)
    if (!isImported) return { kind: 'taken', what: story.slug }
    return { kind: 'imported', slug: story.slug, events: log.length, pictures: pictures.length, hash }
  } finally {
    // Another import of the same may have been faster, and needs them.
    if (!isImported) for (const id of written) if ((await store.pictures.picture(id)) === null) await media.remove(id)
  }
}

type CleanInArchive = ({ readonly kind: 'picture' } & CleanPicture) | ArchiveProblem

/** A picture of the archive as an upload of it would be kept. */
async function cleanPictureIn(archive: Archive, media: Media, { id, file, sha256 }: ArchivedPicture): Promise<CleanInArchive> {
  let bytes: Buffer
  try {
    bytes = await archive.read(file, maxPictureBytes)
  } catch {
    return { kind: 'broken-picture', file }
  }
  if (!file.includes(id) || digestOf(bytes) !== sha256) return { kind: 'broken-picture', file }
  const clean = await media.clean(bytes)
  if (clean.kind === 'busy') throw new Error('pictures are being cleaned for others at the same time')
  return clean.kind === 'picture' ? clean : { kind: 'unusable-picture', file, problem: clean }
}

function notAnArchive(error: unknown): ArchiveProblem {
  return { kind: 'not-an-archive', reason: error instanceof Error ? error.message : String(error) }
}
