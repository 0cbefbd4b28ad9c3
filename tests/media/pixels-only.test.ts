import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanAgain, cleanPicture } from '#lib/media/clean-picture.ts'
import { isPixelsOnly } from '#lib/media/pixels-only.ts'
import { grain, solid } from './a-picture.ts'
import { jpegSegment, png, pngChunk, riffChunk, withSegments } from './file-parts.ts'
import { polyglots } from './hostile-files.ts'

const made = {
  jpeg: () => grain(300, 200).jpeg().toBuffer(),
  'grey jpeg': () => grain(300, 200).toColourspace('b-w').jpeg().toBuffer(),
  'progressive jpeg': () => grain(300, 200).jpeg({ progressive: true }).toBuffer(),
  png: () => grain(300, 200).png().toBuffer(),
  'transparent png': () => solid(300, 200, '#3a6ea580').png().toBuffer(),
  'palette png': () => grain(300, 200).png({ palette: true }).toBuffer(),
  webp: () => grain(300, 200).webp().toBuffer(),
  'transparent webp': () => solid(300, 200, '#3a6ea580').webp().toBuffer(),
  'lossless webp': () => grain(300, 200).webp({ lossless: true }).toBuffer(),
  gif: () => grain(300, 200).gif().toBuffer(),
  avif: () => grain(300, 200).avif({ effort: 0 }).toBuffer(),
}

describe('a picture that was cleaned', () => {
  test.each(Object.entries(made))('as %s is clean, and cleaned again stays byte for byte', async (_, make) => {
    const clean = await cleanPicture(await make())
    if (clean.kind !== 'picture') throw new Error(clean.kind)
    expect(isPixelsOnly(clean.bytes)).toBe(clean.type !== 'image/png')
    expect(await cleanAgain(clean.bytes)).toEqual(clean)
  })
})

describe('a picture with more in it than pixels', () => {
  const comment = Buffer.from('51.5007, -0.1246')
  const afterHeader = (bytes: Buffer, chunk: Buffer) => png(bytes.subarray(8, 33), chunk, bytes.subarray(33))
  const withChunk = (bytes: Buffer, chunk: Buffer) => {
    const longer = Buffer.concat([bytes, chunk])
    longer.writeUInt32LE(longer.length - 8, 4)
    return longer
  }
  const dirty: [name: string, make: () => Promise<Buffer>][] = [
    ['a comment in a JPEG', async () => withSegments(await made.jpeg(), jpegSegment(0xfe, comment))],
    [
      'Exif in a JPEG',
      () =>
        grain(300, 200)
          .withExif({ IFD0: { Copyright: String(comment) } })
          .jpeg()
          .toBuffer(),
    ],
    ['a colour profile in a JPEG', () => grain(300, 200).withIccProfile('p3').jpeg().toBuffer()],
    ['something behind the end of a JPEG', async () => Buffer.concat([await made.jpeg(), comment])],
    ['text in a PNG', async () => afterHeader(await made.png(), pngChunk('tEXt', comment))],
    ['something behind the end of a PNG', async () => Buffer.concat([await made.png(), comment])],
    [
      'Exif in a WebP',
      () =>
        grain(300, 200)
          .withExif({ IFD0: { Copyright: String(comment) } })
          .webp()
          .toBuffer(),
    ],
    ['a chunk more in a WebP', async () => withChunk(await made.webp(), riffChunk('XMP ', comment))],
    ['something behind the end of a WebP', async () => Buffer.concat([await made.webp(), comment])],
  ]
  test.each(dirty)('like %s is made anew without it', async (_, make) => {
    const bytes = await make()
    expect(isPixelsOnly(bytes)).toBe(false)
    const clean = await cleanAgain(bytes)
    if (clean.kind !== 'picture') throw new Error(clean.kind)
    expect(clean.bytes.includes(comment)).toBe(false)
    expect(await sharp(clean.bytes).metadata()).toMatchObject({ width: 300, height: 200 })
  })

  test('cut off anywhere is not taken for clean', async () => {
    for (const make of [made.jpeg, made['transparent webp']]) {
      const bytes = await make()
      for (const share of [0, 0.01, 0.1, 0.5, 0.9, 0.999]) expect(isPixelsOnly(bytes.subarray(0, bytes.length * share))).toBe(false)
    }
  })

  test('in the middle of its pixels is made anew without it', async () => {
    const bytes = await made.jpeg()
    const hidden = Buffer.concat([bytes.subarray(0, -2), Buffer.alloc(50_000, 'x'), bytes.subarray(-2)])
    expect(isPixelsOnly(hidden)).toBe(true)
    const clean = await cleanAgain(hidden)
    expect(clean).toMatchObject({ kind: 'picture' })
    if (clean.kind === 'picture') expect(clean.bytes.length).toBeLessThan(50_000)
  })

  test('that means harm is judged as an upload is', async () => {
    for (const { make, outcome } of polyglots) {
      const bytes = await make()
      expect(isPixelsOnly(bytes)).toBe(false)
      expect((await cleanAgain(bytes)).kind).toBe(outcome === 'taken' ? 'picture' : outcome)
    }
  })
})
