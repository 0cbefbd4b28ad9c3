import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'

/** More than a story with as many pictures as its log can name. */
const maxFiles = 20_000

/** A ZIP file, of which nothing but its list of files is in memory. */
export type Archive = {
  /** In bytes, of the ZIP file itself. */
  readonly size: number
  /** How many bytes a file says that it has; 0 if the archive has none of that name. */
  sizeOf(name: string): number
  /** All of a file. Throws if it is missing, longer than `maxBytes`, or longer than it says. */
  read(name: string, maxBytes: number): Promise<Buffer>
  /** The same as a stream. */
  stream(name: string, maxBytes: number): Promise<Readable>
  close(): void
}

/** Opens the archive at that path. Throws if it is none, or has more than 20,000 files. */
export async function openArchive(path: string): Promise<Archive> {
  // Names are checked by the library: none leads out of the archive.
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
  try {
    const entries = new Map<string, yauzl.Entry>()
    if (zip.entryCount > maxFiles) throw new Error(`it has ${zip.entryCount} files; the most is ${maxFiles}`)
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const stream = async (name: string, maxBytes: number): Promise<Readable> => {
      const entry = entries.get(name)
      if (!entry) throw new Error(`the archive has no ${name}`)
      if (entry.uncompressedSize > maxBytes) throw new Error(`${name} is longer than ${maxBytes / 1024 ** 2} MB`)
      // The library ends the stream with an error if there is more in it than the entry says.
      return zip.openReadStreamPromise(entry)
    }
    return {
      size: zip.fileSize,
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      read: async (name, maxBytes) => buffer(await stream(name, maxBytes)),
      stream,
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}
