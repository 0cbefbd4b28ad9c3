import { join } from 'node:path'
import { type Busy, concurrencyLimit } from '#lib/concurrency-limit.ts'
import { isPictureId, type PictureFormat, pictureFormats, pictureWidths } from '#lib/story/picture.ts'
import { type CleanPicture, cleanPicture, type KeptFormat, keptFormats, type PictureProblem } from './clean-picture.ts'
import { folderOriginals, type Originals } from './originals.ts'
import { makeRendition, renditionTypes } from './rendition.ts'
import { openRenditionCache } from './rendition-cache.ts'

export type KeptPicture = { readonly kind: 'kept' } & Pick<CleanPicture, 'type' | 'width' | 'height'> & { readonly size: number }

export type FoundRendition = { readonly kind: 'rendition'; readonly type: string; readonly bytes: Buffer<ArrayBuffer> }

/** The files of the pictures that were uploaded, and of their renditions. */
export type Media = {
  /** Keeps what {@link cleanPicture} makes of the file, as that picture's. Once this answers it is durable. `size` is in bytes. */
  keep(pictureId: string, file: Buffer): Promise<KeptPicture | PictureProblem | Busy>
  /**
   * The picture at that width or at its own if that is less. Asks no database: reads one file, or makes it if this is the
   * first to ask, from the original (up to three reads: there is one of three names); whoever asks meanwhile gets the same.
   */
  rendition(pictureId: string, width: number, format: PictureFormat): Promise<FoundRendition | { readonly kind: 'no-such-picture' } | Busy>
  /** The file that is kept of a picture; null if there's none. Up to three reads. */
  original(pictureId: string): Promise<Original | null>
  /** Keeps a file that was kept elsewhere, as it is. Throws if its kind is none that is kept. */
  restore(pictureId: string, extension: string, bytes: Buffer): Promise<void>
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
  const rendering = concurrencyLimit({ maxRunning: 2, maxQueued: 40 })
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
  const make = async (name: string, pictureId: string, width: number, format: PictureFormat): Promise<Buffer<ArrayBuffer> | null | Busy> => {
    const kept = await cache.read(name)
    if (kept) return kept
    return rendering(async () => {
      const picture = await original(pictureId)
      if (picture === null) return null
      const bytes = await makeRendition(picture.bytes, width, format)
      await cache.write(name, bytes)
      return bytes
    })
  }

  return {
    async keep(pictureId, file) {
      const clean = await cleaning(() => cleanPicture(file))
      if (clean.kind !== 'picture') return clean
      const { bytes, type, width, height, extension } = clean
      await originals.write(nameOf(pictureId, extension), bytes, type)
      return { kind: 'kept', type, width, height, size: bytes.length }
    },
    async rendition(pictureId, width, format) {
      if (!isPictureId(pictureId)) return { kind: 'no-such-picture' }
      const name = renditionName(pictureId, width, format)
      const underWay = making.get(name) ?? make(name, pictureId, width, format).finally(() => making.delete(name))
      making.set(name, underWay)
      const bytes = await underWay
      if (bytes === null) return { kind: 'no-such-picture' }
      return 'kind' in bytes ? bytes : { kind: 'rendition', type: renditionTypes[format], bytes }
    },
    original: async (pictureId) => (isPictureId(pictureId) ? original(pictureId) : null),
    async restore(pictureId, extension, bytes) {
      const format = Object.values(keptFormats).find((each) => each.extension === extension)
      if (!format) throw new Error(`no kind of picture that is kept: ${extension}`)
      await originals.write(nameOf(pictureId, format.extension), bytes, format.type)
    },
    async remove(pictureId) {
      // The original first: then none is made any more.
      for (const { extension } of Object.values(keptFormats)) await originals.remove(nameOf(pictureId, extension))
      const names = pictureWidths.flatMap((width) => pictureFormats.map((format) => renditionName(pictureId, width, format)))
      await Promise.allSettled(names.flatMap((name) => making.get(name) ?? []))
      await Promise.all(names.map((name) => cache.remove(name)))
    },
  }
}

function renditionName(pictureId: string, width: number, format: PictureFormat): string {
  return `${pictureId}-${width}.${format}`
}
