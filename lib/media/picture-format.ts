/** The formats of pictures that are taken. */
export type UploadFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

/** The format that the first bytes of a file say it has, whatever its name and its declared type; null if it's none that is taken. */
export function formatOf(file: Buffer): UploadFormat | null {
  const ascii = (from: number, to: number) => file.toString('latin1', from, to)
  if (ascii(0, 3) === '\xff\xd8\xff') return 'jpeg'
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'gif'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp'
  return ascii(4, 8) === 'ftyp' && brands(file).some((brand) => brand === 'avif' || brand === 'avis') ? 'avif' : null
}

/** The kinds of file that an ISO media file says it is: the first box holds its length, `ftyp`, one brand, a version, and more brands. */
function brands(file: Buffer): string[] {
  const end = file.length < 16 ? 0 : Math.min(file.readUInt32BE(0), file.length, 256)
  const found: string[] = []
  for (let at = 8; at + 4 <= end; at += 4) found.push(file.toString('latin1', at, at + 4))
  return found
}
