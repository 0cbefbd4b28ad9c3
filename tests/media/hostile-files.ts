import { deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { effort } from '../effort.ts'
import { grain, solid } from './a-picture.ts'
import {
  blackPng,
  box,
  gif,
  jpegSegment,
  png,
  pngChunk,
  pngEnd,
  pngHeader,
  replaced,
  riff,
  riffChunk,
  uint16,
  uint32,
  withJpegSize,
  withSegments,
} from './file-parts.ts'

/** What becomes of it: why it is refused, or that the picture in it is taken and nothing else of it. */
type Outcome = 'not-a-picture' | 'broken-picture' | 'too-many-pixels' | 'taken'

export type HostileFile = { readonly name: string; readonly outcome: Outcome; readonly make: () => Promise<Buffer> | Buffer }

/** What stands in each file that is a picture and something else too, and must be in nothing that is kept. */
export const foreign = 'FOREIGN-BYTES'

const html = `<!doctype html><script>alert("${foreign}")</script>`
const zip = Buffer.concat([
  Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1'),
  Buffer.from(`${foreign}.exe`),
  Buffer.from('PK\x05\x06', 'latin1'),
  Buffer.alloc(18),
])
const pdf = Buffer.from(`%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert("${foreign}"))>>endobj\n%%EOF`)
const script = Buffer.from(`*/=1;alert("${foreign}");/*`)
const billion = `<!DOCTYPE x [<!ENTITY a "${foreign}"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}"><!ENTITY d "${'&c;'.repeat(10)}">]>`
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'

const jpeg = () => grain(60, 40).jpeg().toBuffer()
const pngFile = () => grain(60, 40).png().toBuffer()
const webp = () => grain(60, 40).webp().toBuffer()
const avif = () => grain(64, 64).avif({ effort: 0 }).toBuffer()
const gifFile = () => solid(60, 40).gif().toBuffer()
const formats = { jpeg, png: pngFile, webp, avif, gif: gifFile } as const

const join = (...parts: readonly (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
const share = (file: Buffer, of: number) => file.subarray(0, Math.floor(file.length * of))
const file = (name: string, outcome: Outcome, make: HostileFile['make']): HostileFile => ({ name, outcome, make })

/** The pixels of a PNG of 8 by 8, grey, as they stand in its IDAT before they are packed. */
const rows = Buffer.alloc(8 * 9)
const small = pngHeader({ width: 8, height: 8 })
const pixels = pngChunk('IDAT', deflateSync(rows))
const words = pngChunk('tEXt', Buffer.from('a\0b'))

/** Exif that says that the picture has to be turned. */
const onItsSide = join('MM\0*', uint32(8), uint16(1), uint16(0x0112), uint16(3), uint32(1), uint16(6), uint16(0), uint32(0))

/** Pictures that are other files too. */
export const polyglots: readonly HostileFile[] = [
  file('a JPEG with a page behind it', 'taken', async () => join(await jpeg(), html)),
  file('a JPEG with a page in its comment', 'taken', async () => withSegments(await jpeg(), jpegSegment(0xfe, Buffer.from(html)))),
  file('a JPEG with an archive behind it', 'taken', async () => join(await jpeg(), zip)),
  file('a JPEG with a PDF in its comment', 'taken', async () => withSegments(await jpeg(), jpegSegment(0xfe, pdf))),
  file('a JPEG that is a script too', 'taken', async () =>
    // The length of the first segment reads as the beginning of a comment.
    withSegments(await jpeg(), jpegSegment(0xe9, join(script, Buffer.alloc(0x2f2a - 2 - script.length)))),
  ),
  file('a JPEG with a page in its Exif and its XMP', 'taken', async () =>
    sharp(await jpeg())
      .withExif({ IFD0: { ImageDescription: html, Artist: foreign } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><p>${foreign}</p></x:xmpmeta>`)
      .jpeg()
      .toBuffer(),
  ),
  file('a PNG with a page behind it', 'taken', async () => join(await pngFile(), html)),
  file('a PNG with a page among its words', 'taken', () => png(small, pngChunk('tEXt', join('Comment\0', html)), pixels, pngEnd)),
  file('a PNG with an archive in a chunk of its own', 'taken', () => png(small, pngChunk('zzZz', zip), pixels, pngEnd)),
  file('a PNG with a PDF behind it', 'taken', async () => join(await pngFile(), pdf)),
  file('a PNG with a script behind its pixels', 'taken', () => png(small, pngChunk('IDAT', join(deflateSync(rows), script)), pngEnd)),
  file('a GIF with a page in its comment', 'taken', () => gif({ width: 8, height: 8, comment: html })),
  file('a GIF that is a script too', 'taken', () => join(gif({ width: 0x2a2f, height: 1 }), script)),
  file('a GIF with an archive behind it', 'taken', async () => join(await gifFile(), zip)),
  file('a WebP with a page behind it', 'taken', async () => join(await webp(), html)),
  file('a WebP with a script in a chunk of its own', 'taken', async () => riff('WEBP', (await webp()).subarray(12), riffChunk('EVIL', script))),
  file('an AVIF with a page behind it', 'taken', async () => join(await avif(), html)),
  file('an AVIF with a box that isn’t its own', 'taken', async () => join(await avif(), box('free', pdf))),
]

const otherKinds: readonly HostileFile[] = [
  file('nothing', 'not-a-picture', () => Buffer.alloc(0)),
  file('one byte', 'not-a-picture', () => Buffer.from([0xff])),
  file('words', 'not-a-picture', () => Buffer.from('A picture of the quay')),
  file('a page', 'not-a-picture', () => Buffer.from(html)),
  file('a PDF', 'not-a-picture', () => pdf),
  file('an archive', 'not-a-picture', () => zip),
  file('an archive before a JPEG', 'not-a-picture', async () => join(zip, await jpeg())),
  file('a page before a PNG', 'not-a-picture', async () => join(html, await pngFile())),
  file('a program for Windows', 'not-a-picture', () => join('MZ\x90\0\x03\0\0\0', Buffer.alloc(200))),
  file('a program for Linux', 'not-a-picture', () => join('\x7fELF\x02\x01\x01', Buffer.alloc(200))),
  file('a film', 'not-a-picture', () => join(box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41')), box('mdat', Buffer.alloc(500)))),
  file('a film of Matroska', 'not-a-picture', () => join('\x1aE\xdf\xa3', Buffer.alloc(100))),
  file('a sound', 'not-a-picture', () => riff('WAVE', riffChunk('fmt ', Buffer.alloc(16)), riffChunk('data', Buffer.alloc(100)))),
  file('an SVG', 'not-a-picture', () => Buffer.from(`${svg}<rect width="10" height="10"/></svg>`)),
  file('an SVG with a script', 'not-a-picture', () => Buffer.from(`${svg}<script>alert(1)</script></svg>`)),
  file('an SVG that grows by its entities', 'not-a-picture', () => Buffer.from(`<?xml version="1.0"?>${billion}${svg}<text>&d;</text></svg>`)),
  file('an SVG that names a file of ours', 'not-a-picture', () =>
    Buffer.from(`<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${svg}<text>&f;</text></svg>`),
  ),
  file('an SVG that fetches a picture', 'not-a-picture', () => Buffer.from(`${svg}<image href="http://127.0.0.1:1/a.png"/></svg>`)),
  file('an SVG with a mark of its byte order', 'not-a-picture', () => Buffer.from(`\ufeff${svg}</svg>`)),
  file('an SVG that is packed', 'not-a-picture', () => gzipSync(`${svg}</svg>`)),
  file('a TIFF', 'not-a-picture', () => grain(60, 40).tiff().toBuffer()),
  file('a TIFF of the other byte order', 'not-a-picture', () => join('MM\0*', Buffer.alloc(100))),
  file('a BMP', 'not-a-picture', () => join('BM', Buffer.alloc(100))),
  file('an icon', 'not-a-picture', async () => join('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0', await pngFile())),
  file('an HEIC', 'not-a-picture', () => box('ftyp', Buffer.from('heic\0\0\0\0mif1heic'))),
  file('a JPEG XL', 'not-a-picture', () => join('\xff\x0a', Buffer.alloc(100))),
  file('a JPEG XL in boxes', 'not-a-picture', () => join('\0\0\0\x0cJXL \r\n\x87\n', box('ftyp', Buffer.from('jxl \0\0\0\0jxl ')))),
  file('a JPEG 2000', 'not-a-picture', () => join('\0\0\0\x0cjP  \r\n\x87\n', box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ')))),
  file('the stream of a JPEG 2000', 'not-a-picture', () => join('\xff\x4f\xff\x51', Buffer.alloc(100))),
  file('a Photoshop document', 'not-a-picture', () => join('8BPS\0\x01', Buffer.alloc(100))),
  file('a PostScript', 'not-a-picture', () => Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n(r) run')),
  file('a script for ImageMagick', 'not-a-picture', () => Buffer.from('push graphic-context\nfill "url(https://127.0.0.1|id)"')),
  file('a GIF of no known version', 'not-a-picture', async () => replaced(await gifFile(), Buffer.from('GIF89a'), Buffer.from('GIF88a'))),
  file('a PNG whose line ends were changed', 'not-a-picture', async () =>
    replaced(await pngFile(), Buffer.from('\r\n\x1a\n'), Buffer.from('\n\n\x1a\n')),
  ),
]

const truncated: readonly HostileFile[] = Object.entries(formats).flatMap(([format, make]) => [
  file(`a ${format} of which there are 16 bytes`, 'broken-picture', async () => (await make()).subarray(0, 16)),
  ...[0.3, 0.6, 0.9].map((of) => file(`a ${format} of which there is ${of}`, 'broken-picture', async () => share(await make(), of))),
])

const corrupt: readonly HostileFile[] = [
  file('a PNG whose header has a wrong checksum', 'broken-picture', () => {
    const header = Buffer.from(small)
    header.writeUInt8(header.readUInt8(header.length - 1) ^ 1, header.length - 1)
    return png(header, pixels, pngEnd)
  }),
  file('a PNG whose pixels have a wrong checksum', 'broken-picture', () => png(small, pngChunk('IDAT', deflateSync(rows), 1), pngEnd)),
  file('a PNG whose pixels can’t be unpacked', 'broken-picture', () => png(small, pngChunk('IDAT', Buffer.alloc(64, 0xa5)), pngEnd)),
  file('a PNG with fewer pixels than it says', 'broken-picture', () => png(small, pngChunk('IDAT', deflateSync(rows.subarray(0, 20))), pngEnd)),
  file('a PNG without pixels', 'broken-picture', () => png(small, pngEnd)),
  file('a PNG of a palette that it lacks', 'broken-picture', () => png(pngHeader({ width: 8, height: 8, colour: 3 }), pixels, pngEnd)),
  file('a PNG without a header', 'broken-picture', () => png(pixels, pngEnd)),
  file('a PNG whose chunk says it has 2 GB', 'broken-picture', () => png(small, join(uint32(0x7fffffff), 'IDAT', Buffer.alloc(8)))),
  file('a PNG of a colour type that there isn’t', 'broken-picture', () => {
    const data = join(uint32(8), uint32(8), Buffer.from([8, 5, 0, 0, 0]))
    return png(pngChunk('IHDR', data), pixels, pngEnd)
  }),
  file('a JPEG whose tables are missing', 'broken-picture', async () => replaced(await jpeg(), Buffer.from([0xff, 0xdb]), Buffer.from([0xff, 0xfe]))),
  // A JPEG has no checksums: what there is of it is shown, as browsers do.
  file('a JPEG with noise for pixels', 'taken', async () => {
    const sent = Buffer.from(await grain(400, 400).jpeg().toBuffer())
    for (let at = 2_000; at < sent.length - 2; at += 7) sent.writeUInt8((at * 31) % 255, at)
    return sent
  }),
  file('a JPEG of nothing but its beginning, 1 MB of it', 'broken-picture', () => Buffer.alloc(1024 * 1024, 0xff).fill(0xd8, 1, 2)),
  file('a GIF whose pixels can’t be unpacked', 'broken-picture', async () => {
    const sent = Buffer.from(await grain(200, 200).gif().toBuffer())
    sent.fill(0xff, 900, sent.length - 1)
    return sent
  }),
  file('a GIF without a frame', 'broken-picture', () => gif({ width: 8, height: 8, frames: 0 })),
  file('a WebP with noise for pixels', 'broken-picture', async () => {
    const sent = Buffer.from(await webp())
    sent.fill(0xa5, 30)
    return sent
  }),
  file('a WebP that says it is longer than 4 GB', 'broken-picture', async () => {
    const sent = Buffer.from(await webp())
    sent.writeUInt32LE(0xfffffffe, 4)
    return sent
  }),
  file('an AVIF with noise for pixels', 'broken-picture', async () => {
    const sent = Buffer.from(await avif())
    sent.fill(0xa5, sent.indexOf('mdat') + 4)
    return sent
  }),
  file('an AVIF whose pixels are beyond its end', 'broken-picture', async () => {
    const sent = Buffer.from(await avif())
    sent.fill(0x7f, sent.indexOf('iloc') + 20, sent.indexOf('iloc') + 28)
    return sent
  }),
  file('a film that says it is an AVIF', 'broken-picture', () =>
    join(box('ftyp', Buffer.from('avif\0\0\0\0avifmif1')), box('mdat', Buffer.alloc(500))),
  ),
  file('boxes in boxes, two thousand deep', 'broken-picture', () => {
    let inner: Buffer = Buffer.alloc(0)
    for (let depth = 0; depth < 2_000; depth += 1) inner = box(depth % 2 ? 'meta' : 'iprp', inner)
    return join(box('ftyp', Buffer.from('avif\0\0\0\0avifmif1')), inner)
  }),
  file('a page that begins like a JPEG', 'broken-picture', () => join('\xff\xd8\xff', html)),
  file('a page that begins like a GIF', 'broken-picture', () => Buffer.from(`GIF89a${html}`)),
  file('an SVG that begins like a PNG', 'broken-picture', () => join('\x89PNG\r\n\x1a\n', svg)),
]

const sizes: readonly HostileFile[] = [
  file('a PNG of 10¹² pixels, by its header', 'too-many-pixels', () => png(pngHeader({ width: 1_000_000, height: 1_000_000 }), pixels, pngEnd)),
  file('a PNG of 65535 by 65535', 'too-many-pixels', () => png(pngHeader({ width: 65_535, height: 65_535, depth: 1 }), pixels, pngEnd)),
  file('a PNG of 2³¹ by 2³¹', 'broken-picture', () => png(pngHeader({ width: 0x7fffffff, height: 0x7fffffff, depth: 1 }), pixels, pngEnd)),
  file('a PNG of 0 by 0', 'broken-picture', () => png(pngHeader({ width: 0, height: 0 }), pixels, pngEnd)),
  file('a PNG of 1 by 65535', 'taken', () => blackPng({ width: 1, height: 65_535 })),
  file('a PNG of 65535 by 1', 'taken', () => blackPng({ width: 65_535, height: 1 })),
  file('a JPEG of 65535 by 65535', 'too-many-pixels', async () => withJpegSize(await jpeg(), 65_500, 65_500)),
  file('a JPEG of 0 by 0', 'broken-picture', async () => withJpegSize(await jpeg(), 0, 0)),
  file('a JPEG that says it is larger than it is', 'taken', async () => withJpegSize(await jpeg(), 7_000, 7_000)),
  file('a GIF of 65535 by 65535', 'too-many-pixels', () => gif({ width: 65_535, height: 65_535 })),
  file('a GIF of 0 by 0', 'broken-picture', () => gif({ width: 0, height: 0, frames: 0 })),
  file('a GIF whose frame is larger than it is', 'too-many-pixels', () => gif({ width: 10, height: 10, frame: { width: 65_535, height: 65_535 } })),
  file('a WebP of 16383 by 16383, by its header', 'too-many-pixels', async () => {
    const sent = Buffer.from(await grain(60, 40).webp({ lossless: true }).toBuffer())
    // The 14 bits of each of the two that stand behind the first byte of its pixels.
    sent.writeUInt32LE(0x0fffbffe, sent.indexOf('VP8L') + 9)
    return sent
  }),
  file('an AVIF that says it has 65535 by 65535', 'too-many-pixels', async () => {
    const size = join('ispe', uint32(0), uint32(64), uint32(64))
    return replaced(await avif(), size, join('ispe', uint32(0), uint32(65_535), uint32(65_535)))
  }),
]

/** Small files that unpack to the largest pictures that are taken. */
const quickBombs: readonly HostileFile[] = [
  file('a PNG of 50 million pixels in 6 KB', 'taken', () => blackPng({ width: 7_000, height: 7_000, depth: 1 })),
  file('a PNG of 50 million pixels of 8 bytes in 400 KB', 'taken', () => blackPng({ width: 7_000, height: 7_000, depth: 16, colour: 6 })),
  file('the same that is interlaced, and has to be held whole', 'taken', () =>
    blackPng({ width: 7_000, height: 7_000, depth: 16, colour: 6, isInterlaced: true }),
  ),
  file('a JPEG of 50 million pixels in many passes', 'taken', () =>
    solid(7_000, 7_000).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  ),
  file('a JPEG of very many passes', 'broken-picture', async () => {
    const sent = await solid(5_000, 5_000).jpeg({ progressive: true }).toBuffer()
    // Its last scan, over and over.
    const scan = sent.subarray(sent.lastIndexOf(Buffer.from([0xff, 0xda])), sent.length - 2)
    return join(sent.subarray(0, -2), ...Array.from({ length: 500 }, () => scan), sent.subarray(-2))
  }),
  file('a GIF of 50 million pixels', 'taken', () => gif({ width: 7_000, height: 7_000 })),
  file('a GIF of 100,000 frames', 'taken', () => gif({ width: 1, height: 1, frames: 100_000 })),
  file('a GIF of 100 frames of 50 million pixels', 'taken', () => gif({ width: 7_000, height: 7_000, frames: 100 })),
  file('a WebP of 500 frames', 'taken', async () => {
    const frames = await Promise.all(
      Array.from({ length: 500 }, (_, shade) =>
        solid(40, 40, `rgb(${shade % 256}, 0, ${shade >> 8})`)
          .png()
          .toBuffer(),
      ),
    )
    return sharp(frames, { join: { animated: true } })
      .webp({ effort: 0 })
      .toBuffer()
  }),
  file('a PNG whose words unpack to 100 MB', 'taken', () =>
    png(small, pngChunk('zTXt', join('Comment\0\0', deflateSync(Buffer.alloc(100 * 1024 * 1024, 65), { level: 9 }))), pixels, pngEnd),
  ),
  file('a PNG whose colour profile unpacks to 100 MB', 'taken', () =>
    png(small, pngChunk('iCCP', join('p\0\0', deflateSync(Buffer.alloc(100 * 1024 * 1024), { level: 9 }))), pixels, pngEnd),
  ),
  file('a PNG of 200,000 chunks', 'taken', () => png(small, Buffer.alloc(200_000 * words.length, words), pixels, pngEnd)),
  file('a JPEG with 15 MB of a colour profile that is none', 'taken', async () => {
    const segment = (index: number) => jpegSegment(0xe2, join('ICC_PROFILE\0', Buffer.from([index, 255]), Buffer.alloc(60_000, index)))
    return withSegments(await jpeg(), ...Array.from({ length: 255 }, (_, index) => segment(index + 1)))
  }),
  file('a JPEG whose Exif goes round in circles', 'taken', async () => {
    const entry = join(uint16(0x8769), uint16(4), uint32(1), uint32(8))
    return withSegments(await jpeg(), jpegSegment(0xe1, join('Exif\0\0MM\0*', uint32(8), uint16(1), entry, uint32(8))))
  }),
  file('a JPEG whose Exif says it has 4 billion entries', 'taken', async () => {
    const entry = join(uint16(0x010e), uint16(2), uint32(0xffffffff), uint32(8))
    return withSegments(await jpeg(), jpegSegment(0xe1, join('Exif\0\0MM\0*', uint32(8), uint16(0xffff), entry, uint32(8))))
  }),
  file('a JPEG whose XMP grows by its entities', 'taken', async () =>
    withSegments(await jpeg(), jpegSegment(0xe1, join('http://ns.adobe.com/xap/1.0/\0', `${billion}<x>&d;</x>`))),
  ),
  file('a JPEG of 100,000 comments', 'taken', async () => {
    const comment = jpegSegment(0xfe, Buffer.from(foreign))
    return withSegments(await jpeg(), Buffer.alloc(100_000 * comment.length, comment))
  }),
]

/** More of them, which take as long to make: for the nightly run. */
const moreBombs: readonly HostileFile[] = [
  file('an AVIF of 26 million pixels that says it has 100', 'broken-picture', async () => {
    const size = (side: number) => join('ispe', uint32(0), uint32(side), uint32(side))
    return replaced(await solid(5_100, 5_100).avif({ effort: 0 }).toBuffer(), size(5_100), size(10))
  }),
  file('a PNG of 50 million pixels of 8 bytes that lies on its side', 'taken', () => {
    const [header, rest] = [8 + 25, blackPng({ width: 7_000, height: 7_000, depth: 16, colour: 6 })]
    return join(rest.subarray(0, header), pngChunk('eXIf', onItsSide), rest.subarray(header))
  }),
  file('a JPEG of 50 million pixels that lies on its side', 'taken', () => solid(7_000, 7_000).jpeg().withMetadata({ orientation: 6 }).toBuffer()),
  file('an AVIF of 25 million pixels', 'taken', () => solid(5_000, 5_000).avif({ effort: 0 }).toBuffer()),
  file('a WebP of 50 million pixels', 'taken', () => solid(7_000, 7_000).webp({ lossless: true, effort: 0 }).toBuffer()),
]

/** What takes seconds of a processor to decode: only the running program is sent it. */
export const bombs: readonly HostileFile[] = [...quickBombs, ...effort([], moreBombs)]

/** All that cost little. */
export const hostileFiles: readonly HostileFile[] = [...polyglots, ...otherKinds, ...truncated, ...corrupt, ...sizes]
