import type sharp from 'sharp'

/** The readers of the formats that are taken. Every other that the library has (SVG, PDF, TIFF …) is shut: files of strangers go in here. */
const readers = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`)

let loading: Promise<typeof sharp> | undefined

/** The image library, loaded at the first call (about 50 ms), since a start needs none of it. */
export function loadSharp(): Promise<typeof sharp> {
  loading ??= load()
  return loading
}

async function load(): Promise<typeof sharp> {
  const { default: sharp } = await import('sharp')
  // One thread a picture, and nothing kept between two: the live channel has the same processors and memory.
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: readers })
  return sharp
}
