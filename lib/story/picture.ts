// The pictures that were uploaded. A body names one by its path, `/media/{id}`; what browsers load are its renditions,
// `/media/{id}/{width}.{format}`, which the server makes when one is first asked for.

/**
 * What is taken: bytes and pixels (width times height) of the file that is sent, and px of the longer side that is kept. An
 * AVIF may have half the pixels: it is decoded as a whole, at 20 bytes each, where the others are read in strips.
 */
export const pictureLimits = { bytes: 20 * 1024 * 1024, pixels: 50_000_000, avifPixels: 25_000_000, longSide: 2560 } as const

/**
 * The media types of what is taken, as a field for files names them. Named one by one, and not as all pictures: then an iPhone
 * makes a JPEG of what it keeps as HEIC, which isn't taken.
 */
export const uploadTypes = 'image/jpeg,image/png,image/webp,image/gif,image/avif'

/** What renditions there are: how wide, in pixels, from small to large. Others are not made, so that nobody can ask for thousands. */
export const pictureWidths = [320, 480, 640, 960, 1280, 1920] as const

/** The formats of renditions, best first: the last is what every browser shows. */
export const pictureFormats = ['avif', 'webp', 'jpg'] as const
export type PictureFormat = (typeof pictureFormats)[number]

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const pathOf = '/media/'

/** Whether that may be a picture's id; with this it is also safe as a part of a file's name. */
export function isPictureId(text: string): boolean {
  return id.test(text)
}

export function picturePath(pictureId: string): string {
  return pathOf + pictureId
}

/** The id in the path of a picture of our own; null in every other address. */
export function pictureIdOf(src: string): string | null {
  const rest = src.startsWith(pathOf) ? src.slice(pathOf.length) : ''
  return isPictureId(rest) ? rest : null
}

/** The ids of our own pictures that a value names wherever in it, given as JSON; each once. */
export function pictureIdsNamed(json: string): string[] {
  return [...new Set(Array.from(json.matchAll(/"\/media\/([0-9a-f-]{36})"/g), ([, named]) => named ?? ''))].filter(isPictureId)
}

/** A rendition to choose from, as a `srcset` names them: where it is and how wide, in pixels, it really is. */
export type Rendition = { readonly address: string; readonly width: number }

/** The width and format that a rendition's name asks for, like `640.webp`; null if there's no such rendition. */
export function renditionNamed(name: string): { width: number; format: PictureFormat } | null {
  const [, digits, ending] = /^(\d{3,4})\.(\w{3,4})$/.exec(name) ?? []
  const width = pictureWidths.find((each) => String(each) === digits)
  const format = pictureFormats.find((each) => each === ending)
  return width && format ? { width, format } : null
}

/** The renditions of a picture of our own up to its width, or to the widest there is where that isn't known. */
export function renditionsOf(src: string, format: PictureFormat, originalWidth: number = Number.POSITIVE_INFINITY): Rendition[] {
  // Asked for more than there is, the server answers the picture at its own width.
  const last = pictureWidths.findIndex((width) => width >= originalWidth)
  return pictureWidths
    .slice(0, last === -1 ? undefined : last + 1)
    .map((width) => ({ address: `${src}/${width}.${format}`, width: Math.min(width, originalWidth) }))
}
