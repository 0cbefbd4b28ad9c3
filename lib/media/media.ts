import { join } from 'node:path'
import { type Busy, concurrencyLimit, inSlot } from '#lib/limits/concurrency-limit.ts'
import { fairLimit } from '#lib/limits/fair-limit.ts'
import { isPictureId, type PictureFormat, pictureFormats, pictureWidths } from '#lib/story/picture.ts'
import { type CleanPicture, cleanAgain, cleanPicture, type KeptFormat, keptFormats, type PictureProblem } from './clean-picture.ts'
import { openOriginalIndex } from './original-index.ts'
import { folderOriginals, type Originals } from './originals.ts'
import { makeRendition, renditionTypes } from './rendition.ts'
import { openRenditionCache } from './rendition-cache.ts'

export type KeptPicture = { readonly kind: 'kept' } & Pick<CleanPicture, 'type' | 'width' | 'height'> & { readonly size: number }

export type FoundRendition = { readonly kind: 'rendition'; readonly type: string; readonly bytes: Buffer<ArrayBuffer> }

/** The files of the pictures that were uploaded, and of their renditions. */
export type Media = {
  /**
   * Runs what reads an upload and keeps it, four at once: each may hold 40 MB. 16 more wait for up to 30 seconds, and should read nothing
   * before their turn.
   */
  admitUpload<Answer>(work: () => Promise<Answer>): Promise<Answer | Busy>
  /** Keeps what {@link cleanPicture} makes of the file, as that picture's. Once this answers it is durable. `size` is in bytes. */
  keep(pictureId: string, file: Buffer): Promise<KeptPicture | PictureProblem | Busy>
  /**
   * The picture at that width or at its own if that is less. Asks no database: reads one file, or makes it if this is the
   * first to ask, from the original (up to three checks, since it has one of three names, and a read); whoever asks meanwhile gets the
   * same. A picture that doesn't exist takes no rendering slot. `asker` is the network that asks: networks take turns.
   */
  rendition(
    pictureId: string,
    width: number,
    format: PictureFormat,
    asker: string,
  ): Promise<FoundRendition | { readonly kind: 'no-such-picture' } | Busy>
  /** The file that is kept of a picture; null if there's none. Up to three reads. */
  original(pictureId: string): Promise<Original | null>
  /** Checks a file that another installation kept as strictly as an upload, and answers what to {@link restore}: {@link cleanAgain}. */
  clean(file: Buffer): Promise<({ readonly kind: 'picture' } & CleanPicture) | PictureProblem | Busy>
  /** Writes what {@link clean} has answered. Once this answers it is durable. */
  restore(pictureId: string, picture: CleanPicture): Promise<void>
  /** Deletes the picture and all of its renditions, those too that are being made here at the moment. */
  remove(pictureId: string): Promise<void>
}

export type Original = { readonly extension: KeptFormat['extension']; readonly bytes: Buffer<ArrayBuffer> }

const gigabyte = 1024 ** 3

type Options = { cacheBytes?: number; originals?: Originals }

/**
 * The media in `folder`, with at most `cacheBytes` of renditions; with `originals` only those are there. Touches nothing
 * until it is first asked for something.
 */
export function openMedia(folder: string, { cacheBytes = gigabyte, originals = folderOriginals(folder) }: Options = {}): Media {
  // Each that waits holds the whole file that was sent.
  const cleaning = concurrencyLimit({ maxRunning: 1, maxQueued: 4 })
  const uploading = concurrencyLimit({ maxRunning: 4, maxQueued: 16, maxWaitMs: 30_000 })
  const rendering = fairLimit({ max: 2, maxOfKey: 2, maxWaiting: 80, maxWaitingOfKey: 40 })
  const cache = openRenditionCache(join(folder, 'renditions'), cacheBytes)
  const making = new Map<string, Promise<Buffer<ArrayBuffer> | null | Busy>>()

  const nameOf = (pictureId: string, extension: string) => {
    // Ids come out of addresses: none may lead elsewhere.
    if (!isPictureId(pictureId)) throw new Error(`not the id of a picture: ${pictureId}`)
    return `${pictureId}.${extension}`
  }
  const original = async (pictureId: string): Promise<Original | null> => {
    for (const { extension } of Object.values(keptFormats)) {
      const bytes = await originals.read(nameOf(pictureId, extension))
      if (bytes) return { extension, bytes }
    }
    return null
  }
  const index = openOriginalIndex(async (pictureId) => {
    for (const { extension } of Object.values(keptFormats)) if (await originals.has(nameOf(pictureId, extension))) return extension
    return null
  })
  const make = async (pictureId: string, width: number, format: PictureFormat, asker: string): Promise<Buffer<ArrayBuffer> | null | Busy> => {
    const name = renditionName(pictureId, width, format)
    const kept = await cache.read(name)
    if (kept) return kept
    const extension = await index.find(pictureId, asker)
    if (typeof extension !== 'string') return extension
    return inSlot(rendering.enter(asker), async () => {
      const picture = await originals.read(nameOf(pictureId, extension))
      // Another process has removed it since.
      if (picture === null) index.forget(pictureId)
      if (picture === null) return null
      const bytes = await makeRendition(picture, width, format)
      await cache.write(name, bytes)
      return bytes
    })
  }
  const write = async (pictureId: string, { bytes, type, extension }: CleanPicture): Promise<void> => {
    await originals.write(nameOf(pictureId, extension), bytes, type)
    index.add(pictureId, extension)
  }

  return {
    admitUpload: uploading,
    async keep(pictureId, file) {
      const clean = await cleaning(() => cleanPicture(file))
      if (clean.kind !== 'picture') return clean
      await write(pictureId, clean)
      const { bytes, type, width, height } = clean
      return { kind: 'kept', type, width, height, size: bytes.length }
    },
    async rendition(pictureId, width, format, asker) {
      if (!isPictureId(pictureId) || index.isKnownMissing(pictureId)) return { kind: 'no-such-picture' }
      const name = renditionName(pictureId, width, format)
      const underWay = making.get(name) ?? make(pictureId, width, format, asker).finally(() => making.delete(name))
      making.set(name, underWay)
      const bytes = await underWay
      if (bytes === null) return { kind: 'no-such-picture' }
      return 'kind' in bytes ? bytes : { kind: 'rendition', type: renditionTypes[format], bytes }
    },
    original: async (pictureId) => (isPictureId(pictureId) ? original(pictureId) : null),
    clean: (file) => cleaning(() => cleanAgain(file)),
    restore: write,
    async remove(pictureId) {
      // The original first: then none is made any more.
      for (const { extension } of Object.values(keptFormats)) await originals.remove(nameOf(pictureId, extension))
      index.forget(pictureId)
      const names = pictureWidths.flatMap((width) => pictureFormats.map((format) => renditionName(pictureId, width, format)))
      await Promise.allSettled(names.flatMap((name) => making.get(name) ?? []))
      await Promise.all(names.map((name) => cache.remove(name)))
    },
  }
}

function renditionName(pictureId: string, width: number, format: PictureFormat): string {
  return `${pictureId}-${width}.${format}`
}
