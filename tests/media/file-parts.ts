import { constants, crc32, deflateRawSync } from 'node:zlib'

// The pieces that files of pictures are put together of, so that a test can put together one that no program would write.

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** A PNG of these chunks, after its signature. */
export function png(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([pngSignature, ...chunks])
}

export function pngChunk(type: string, data: Buffer, checksum = crc32(Buffer.concat([Buffer.from(type, 'latin1'), data]))): Buffer {
  return Buffer.concat([uint32(data.length), Buffer.from(type, 'latin1'), data, uint32(checksum)])
}

type Header = { width: number; height: number; depth?: 1 | 8 | 16; colour?: 0 | 2 | 3 | 6; isInterlaced?: boolean }

/** The first chunk of a PNG. Colours: 0 grey, 2 RGB, 3 of a palette, 6 RGB and alpha. */
export function pngHeader({ width, height, depth = 8, colour = 0, isInterlaced = false }: Header): Buffer {
  return pngChunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([depth, colour, 0, 0, isInterlaced ? 1 : 0])]))
}

export const pngEnd = pngChunk('IEND', Buffer.alloc(0))

/** A whole PNG without a colour in it, packed as tightly as can be: 50 million pixels of 8 bytes are 400 KB. */
export function blackPng(header: Header): Buffer {
  const { width, height, depth = 8, colour = 0, isInterlaced = false } = header
  const bits = depth * { 0: 1, 2: 3, 3: 1, 6: 4 }[colour]
  const bytesOf = (wide: number, high: number) => (wide === 0 ? 0 : (Math.ceil((wide * bits) / 8) + 1) * high)
  const passes = adam7.map(([x, y, stepX, stepY]) => bytesOf(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)))
  const bytes = isInterlaced ? passes.reduce((sum, pass) => sum + pass, 0) : bytesOf(width, height)
  return png(pngHeader(header), pngChunk('IDAT', packedZeros(bytes)), pngEnd)
}

/** What zlib makes of that many zeros: of 400 MB in no time, for all of it but its end is the same megabyte, packed once. */
function packedZeros(bytes: number): Buffer {
  const megabyte = 1024 * 1024
  const packed = deflateRawSync(Buffer.alloc(megabyte), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  const rest = deflateRawSync(Buffer.alloc(bytes % megabyte), { level: 9 })
  // Adler-32 of zeros: the first sum stays 1, and the second is how many there are.
  const checksum = uint32((((bytes % 65_521) << 16) | 1) >>> 0)
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...Array<Buffer>(Math.floor(bytes / megabyte)).fill(packed), rest, checksum])
}

/** Where the seven passes of an interlaced PNG begin, and how far their pixels are apart: across, down. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** A segment of a JPEG: 0xfe is a comment, 0xe1 Exif, 0xe2 a colour profile. */
export function jpegSegment(marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), uint16(data.length + 2), data])
}

/** The JPEG with more segments after its first two bytes. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

/** The JPEG saying that it has another size: in its frame header, the first segment from 0xc0 to 0xc2. */
export function withJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(jpeg)
  let at = 2
  while (![0xc0, 0xc1, 0xc2].includes(changed.readUInt8(at + 1))) at += 2 + changed.readUInt16BE(at + 2)
  changed.writeUInt16BE(height, at + 5)
  changed.writeUInt16BE(width, at + 7)
  return changed
}

type Gif = { width: number; height: number; frames?: number; comment?: string; frame?: { width: number; height: number } }

/** A GIF of black frames, as large as the canvas unless said otherwise; `comment` is of at most 255 letters. */
export function gif({ width, height, frames = 1, comment, frame = { width, height } }: Gif): Buffer {
  const head = Buffer.concat([Buffer.from('GIF89a'), uint16le(width), uint16le(height), Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255])])
  const said = comment === undefined ? [] : [Buffer.from([0x21, 0xfe, comment.length]), Buffer.from(comment, 'latin1'), Buffer.from([0])]
  const place = Buffer.concat([Buffer.alloc(4), uint16le(frame.width), uint16le(frame.height)])
  const one = Buffer.concat([Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c]), place, Buffer.from([0, 2]), blackLzw(frame.width * frame.height)])
  return Buffer.concat([head, ...said, ...Array.from({ length: frames }, () => one), Buffer.from([0x3b])])
}

/** That many black pixels as a GIF packs them: 8 million in 6 KB. Of more than 10⁸ there are only so many. */
function blackLzw(pixels: number): Buffer {
  const [clear, end, first, last] = [4, 5, 6, 4095]
  const bytes: number[] = []
  let [byte, filled] = [0, 0]
  const put = (code: number, length: number) => {
    for (let bit = 0; bit < length; bit += 1) {
      byte |= ((code >> bit) & 1) << filled
      filled = (filled + 1) % 8
      if (filled === 0) byte = bytes.push(byte) && 0
    }
  }
  const lengthOf = (next: number) => Math.max(3, next.toString(2).length)
  let left = Math.min(pixels, 100_000_000)
  let length = 3
  while (left > 0) {
    put(clear, length)
    put(0, 3)
    left -= 1
    length = 3
    // Each code is new, and stands for one pixel more than the one before it.
    for (let next = first; left > 0 && next <= last; next += 1) {
      length = lengthOf(next)
      const run = Math.min(left, next - first + 2)
      put(run === 1 ? 0 : run + first - 2, length)
      left -= run
    }
  }
  put(end, length)
  put(0, 7)
  const blocks = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, index) => bytes.slice(index * 255, index * 255 + 255))
  return Buffer.concat([...blocks.map((block) => Buffer.from([block.length, ...block])), Buffer.from([0])])
}

/** A RIFF file: WebP is one of kind `WEBP`. */
export function riff(kind: string, ...chunks: readonly Buffer[]): Buffer {
  const content = Buffer.concat([Buffer.from(kind, 'latin1'), ...chunks])
  return Buffer.concat([Buffer.from('RIFF'), uint32le(content.length), content])
}

export function riffChunk(type: string, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), uint32le(data.length), data, Buffer.alloc(data.length % 2)])
}

/** A box of an ISO media file: AVIF, HEIC and MP4 are made of them. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const data = Buffer.concat(content)
  return Buffer.concat([uint32(data.length + 8), Buffer.from(type, 'latin1'), data])
}

/** The file with the one place that holds `before` holding `after`, of the same length. */
export function replaced(file: Buffer, before: Buffer, after: Buffer): Buffer {
  const at = file.indexOf(before)
  if (at === -1 || before.length !== after.length) throw new Error('there is nothing to replace')
  return Buffer.concat([file.subarray(0, at), after, file.subarray(at + before.length)])
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint32le(value: number): Buffer {
  return uint32(value).reverse()
}

function uint16le(value: number): Buffer {
  return uint16(value).reverse()
}
