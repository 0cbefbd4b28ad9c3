import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type CleanPicture, cleanPicture } from '#lib/media/clean-picture.ts'
import { grain, solid } from './a-picture.ts'

async function cleaned(file: Buffer): Promise<CleanPicture> {
  const clean = await cleanPicture(file)
  if (clean.kind !== 'picture') throw new Error(`refused: ${JSON.stringify(clean)}`)
  return clean
}

describe('a picture that an editor sends', () => {
  test.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/webp'],
    ['gif', 'image/png'],
    ['avif', 'image/webp'],
  ] as const)('may be %s, and is kept as %s', async (format, type) => {
    const clean = await cleaned(await solid(120, 80).toFormat(format).toBuffer())
    expect(clean).toMatchObject({ type, width: 120, height: 80 })
    expect(await sharp(clean.bytes).metadata()).toMatchObject({ format: type.slice('image/'.length), width: 120, height: 80 })
  })

  test('loses the place it was taken at, and all else that is no picture', async () => {
    const sent = await solid(40, 30)
      .jpeg()
      .withExif({ IFD0: { Make: 'Camera', Copyright: 'Ann' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 27/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>Kyiv</place></x:xmpmeta>')
      .withIccProfile('p3')
      .toBuffer()
    expect(await sharp(sent).metadata()).toMatchObject({ exif: expect.any(Buffer), xmp: expect.any(Buffer), icc: expect.any(Buffer) })
    const { bytes } = await cleaned(sent)
    const metadata = await sharp(bytes).metadata()
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([undefined, undefined, undefined, undefined])
    expect(bytes.includes('Camera') || bytes.includes('Kyiv')).toBe(false)
  })

  test('is turned as the camera was held', async () => {
    const below = await solid(60, 20, '#0000ff').png().toBuffer()
    const sent = await solid(60, 40, '#ff0000')
      .composite([{ input: below, gravity: 'south' }])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const clean = await cleaned(sent)
    expect(clean).toMatchObject({ width: 40, height: 60 })
    // A quarter turn to the right: what was below is on the left.
    const [red, , blue] = await sharp(clean.bytes).extract({ left: 5, top: 30, width: 1, height: 1 }).raw().toBuffer()
    expect(blue).toBeGreaterThan(200)
    expect(red).toBeLessThan(50)
  })

  test('is kept at 2560 px on its longer side at most, and never made larger', async () => {
    expect(await cleaned(await solid(3000, 1000).jpeg().toBuffer())).toMatchObject({ width: 2560, height: 853 })
    expect(await cleaned(await solid(900, 2700).png().toBuffer())).toMatchObject({ width: 853, height: 2560 })
    expect(await cleaned(await solid(1, 1).png().toBuffer())).toMatchObject({ width: 1, height: 1 })
  })

  test('keeps what is transparent, and only its first frame', async () => {
    const clear = await solid(20, 20, '#00000000').webp().toBuffer()
    expect(await sharp((await cleaned(clear)).bytes).metadata()).toMatchObject({ hasAlpha: true })
    const frames = [await solid(20, 20, '#ff0000').png().toBuffer(), await solid(20, 20, '#0000ff').png().toBuffer()]
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const { bytes } = await cleaned(moving)
    const [red] = await sharp(bytes).raw().toBuffer()
    expect(red).toBeGreaterThan(200)
  })
})

describe('a file that is refused', () => {
  const html = '<!doctype html><script>alert(1)</script>'

  test.each([
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>')],
    ['a page', async () => Buffer.from(html)],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n')],
    ['a TIFF', () => solid(10, 10).tiff().toBuffer()],
    ['an HEIC', async () => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])],
    ['one that begins in the middle', async () => (await solid(10, 10).png().toBuffer()).subarray(1)],
    ['an empty one', async () => Buffer.alloc(0)],
  ])('%s is none of the pictures that are taken', async (_, make) => {
    expect(await cleanPicture(await make())).toEqual({ kind: 'not-a-picture' })
  })

  test.each([
    ['the first half of a JPEG', async () => half(await grain(200, 200).jpeg().toBuffer())],
    ['the first half of a PNG', async () => half(await grain(200, 200).png().toBuffer())],
    ['the first half of a WebP', async () => half(await grain(200, 200).webp().toBuffer())],
    ['the first half of an AVIF', async () => half(await grain(200, 200).avif({ effort: 0 }).toBuffer())],
    ['a page that begins like a JPEG', async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(html)])],
    ['a page that begins like a GIF', async () => Buffer.from(`GIF89a${html}`)],
    ['an SVG that begins like a WebP', async () => Buffer.from('RIFF\0\0\0\0WEBP<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('%s is broken', async (_, make) => {
    expect(await cleanPicture(await make())).toEqual({ kind: 'broken-picture', reason: expect.any(String) })
  })

  test('has more than 50 million pixels', async () => {
    const sent = await sharp({ create: { width: 8000, height: 6251, channels: 3, background: '#888' } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    expect(await cleanPicture(sent)).toEqual({ kind: 'too-many-pixels', pixels: 8000 * 6251, most: 50_000_000 })
  })

  test('has more than 25 million, as an AVIF', async () => {
    const small = await solid(64, 64).avif({ effort: 0 }).toBuffer()
    // The box of its header that holds width and height.
    const size = small.indexOf('ispe') + 8
    small.writeUInt32BE(5001, size)
    small.writeUInt32BE(5000, size + 4)
    expect(await cleanPicture(small)).toEqual({ kind: 'too-many-pixels', pixels: 5001 * 5000, most: 25_000_000 })
  })

  test('says that it has, and is never decoded', async () => {
    const sent = await solid(10, 10).png().toBuffer()
    // The first chunk of a PNG holds width and height, and a checksum behind them.
    sent.writeUInt32BE(1_000_000, 16)
    sent.writeUInt32BE(1_000_000, 20)
    sent.writeUInt32BE(crc32(sent.subarray(12, 29)), 29)
    expect(await cleanPicture(sent)).toEqual({ kind: 'too-many-pixels', pixels: 1e12, most: 50_000_000 })
  })
})

function half(file: Buffer): Buffer {
  return file.subarray(0, file.length / 2)
}
