// Whether a file of a picture holds the picture and nothing else, told from its container: no Exif, no comments, no colour profile, no
// thumbnail, nothing behind its end. A file in which that can't be told isn't one.

/** Returns whether the JPEG or WebP has only the parts that show it. Decodes nothing; whether it can be decoded is for the image library. */
export function isPixelsOnly(file: Buffer): boolean {
  try {
    if (file.readUInt16BE(0) === 0xffd8) return isPlainJpeg(file)
    return file.toString('latin1', 0, 4) === 'RIFF' && isPlainWebp(file)
  } catch (error) {
    // It ends in the middle of a part.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Quantization, Huffman and restart tables, frame headers, scans. */
const jpegSegments = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc1, 0xc2, 0xda])
const [jfif, scan, jpegEnd] = [0xe0, 0xda, 0xd9]
/** The length of a JFIF segment without a thumbnail. */
const jfifLength = 16

function isPlainJpeg(file: Buffer): boolean {
  let at = 2
  for (;;) {
    if (file.readUInt8(at) !== 0xff) return false
    const marker = file.readUInt8(at + 1)
    if (marker === jpegEnd) return at + 2 === file.length
    const length = file.readUInt16BE(at + 2)
    const isKnown = jpegSegments.has(marker) || (marker === jfif && length === jfifLength)
    if (!isKnown || length < 2) return false
    at += 2 + length
    if (marker === scan) at = endOfScan(file, at)
  }
}

/** Where the next marker is: in a scan, 0xff before 0x00 is a byte of it, and 0xd0 to 0xd7 are restarts. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 2)) {
    const next = file.readUInt8(at + 1)
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return file.length
}

const webpChunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
/** Of the flags that say what else a WebP has, the one for transparency. */
const alphaFlag = 0x10

function isPlainWebp(file: Buffer): boolean {
  if (file.readUInt32LE(4) + 8 !== file.length || file.toString('latin1', 8, 12) !== 'WEBP') return false
  let at = 12
  while (at < file.length) {
    const type = file.toString('latin1', at, at + 4)
    const length = file.readUInt32LE(at + 4)
    if (!webpChunks.has(type) || (type === 'VP8X' && (file.readUInt8(at + 8) & ~alphaFlag) !== 0)) return false
    at += 8 + length + (length % 2)
  }
  return at === file.length
}
