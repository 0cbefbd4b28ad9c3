import type { Sharp } from 'sharp'
import { pictureLimits } from '#lib/story/picture.ts'
import { formatOf, type UploadFormat } from './picture-format.ts'
import { isPixelsOnly } from './pixels-only.ts'
import { loadSharp } from './sharp.ts'

/** How long, in seconds, the library may work on one picture. */
const patience = 30

/** What a picture is kept as: the media type of the file, and how its name ends. */
export type KeptFormat = { readonly type: 'image/jpeg' | 'image/png' | 'image/webp'; readonly extension: 'jpg' | 'png' | 'webp' }

export const keptFormats = {
  jpeg: { type: 'image/jpeg', extension: 'jpg' },
  png: { type: 'image/png', extension: 'png' },
  webp: { type: 'image/webp', extension: 'webp' },
} as const satisfies Record<string, KeptFormat>

/** Lossless stays lossless. AVIF becomes WebP, which has all that it has and is made in a tenth of the time. */
const keptAs: Record<UploadFormat, keyof typeof keptFormats> = { jpeg: 'jpeg', png: 'png', gif: 'png', webp: 'webp', avif: 'webp' }

export type CleanPicture = KeptFormat & { readonly bytes: Buffer; readonly width: number; readonly height: number }

/** Why a file isn't taken. */
export type PictureProblem =
  | { readonly kind: 'not-a-picture' }
  /** `reason` is the image library's, in its own words: one line. */
  | { readonly kind: 'broken-picture'; readonly reason: string }
  | { readonly kind: 'too-many-pixels'; readonly pixels: number; readonly most: number }

/**
 * The picture in a file that somebody sent, made anew: upright, in sRGB, at most {@link pictureLimits}.longSide px wide and
 * high, and without anything else that was in the file: places, serial numbers, thumbnails, but the notes of rights too, so
 * credit has to be given with the upload. Of a GIF or another moving picture the first frame is kept. The header is read
 * before anything is decoded, so that what has too many pixels takes no memory. A photograph of 12 megapixels takes half a
 * second of one processor, one of 50 about a second and 150 MB. What has to be decoded as a whole takes up to 500 MB and four
 * seconds: an AVIF of 25 megapixels, an interlaced PNG or a JPEG in many passes of 50.
 */
export async function cleanPicture(file: Buffer): Promise<({ kind: 'picture' } & CleanPicture) | PictureProblem> {
  const format = formatOf(file)
  if (format === null) return { kind: 'not-a-picture' }
  const sharp = await loadSharp()
  const header = await unlessBroken(sharp(file, { limitInputPixels: false }).metadata())
  if (header.kind === 'broken-picture') return header
  const pixels = header.value.width * header.value.height
  const most = format === 'avif' ? pictureLimits.avifPixels : pictureLimits.pixels
  if (pixels > most) return { kind: 'too-many-pixels', pixels, most }

  const longSide = { width: pictureLimits.longSide, height: pictureLimits.longSide }
  const upright = sharp(file, { limitInputPixels: most, failOn: 'error' })
    .timeout({ seconds: patience })
    .autoOrient()
    .resize({ ...longSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
  const kept = keptAs[format]
  const made = await unlessBroken(encoder[kept](upright).toBuffer({ resolveWithObject: true }))
  if (made.kind === 'broken-picture') return made
  const { data, info } = made.value
  return { kind: 'picture', ...keptFormats[kept], bytes: data, width: info.width, height: info.height }
}

/** Colours as {@link cleanPicture} leaves them. */
const cleanSpaces = new Set(['srgb', 'b-w'])

/**
 * How much longer a clean file may be than what is made of it anew. Of our own JPEG and WebP files about the same length comes out; more
 * would be room for something that isn't the picture.
 */
const maxLonger = { times: 1.1, bytes: 1024 } as const

/**
 * Cleans a picture that should be clean already, since another installation has cleaned it. If it is, a JPEG or WebP stays byte for
 * byte: encoding it anew would lose a little each time. Otherwise it is made anew, as {@link cleanPicture} does, and so is a PNG, which
 * loses nothing. Decodes and encodes it in all cases.
 */
export async function cleanAgain(file: Buffer): ReturnType<typeof cleanPicture> {
  const made = await cleanPicture(file)
  if (made.kind !== 'picture' || !isPixelsOnly(file) || file.length > made.bytes.length * maxLonger.times + maxLonger.bytes) return made
  const sharp = await loadSharp()
  const { format, width, height, space = '' } = await sharp(file).metadata()
  const isClean = `image/${format}` === made.type && width === made.width && height === made.height && cleanSpaces.has(space)
  return isClean ? { ...made, bytes: file } : made
}

/** The library says that a file is broken by throwing, as it does if it took longer than {@link patience}. */
async function unlessBroken<Value>(
  reading: Promise<Value>,
): Promise<{ kind: 'read'; value: Value } | Extract<PictureProblem, { kind: 'broken-picture' }>> {
  try {
    return { kind: 'read', value: await reading }
  } catch (error) {
    return { kind: 'broken-picture', reason: lastLine(error instanceof Error ? error.message : String(error)) }
  }
}

/** Of all that the library tried it tells a line each; the last is what it gave up at. */
function lastLine(words: string): string {
  const lines = words.split('\n').map((each) => each.trim())
  return (lines.findLast((each) => each !== '') ?? 'no reason was given').slice(0, 300)
}

const encoder: Record<keyof typeof keptFormats, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }),
  png: (picture) => picture.png(),
  webp: (picture) => picture.webp({ quality: 90 }),
}
