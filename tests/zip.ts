import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import yazl from 'yazl'

/** The files of a ZIP file, by name. */
export async function unzipped(path: string): Promise<Map<string, Buffer>> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  zip.close()
  return files
}

/** Writes a ZIP file; those of `stored` are not compressed, as an export writes its pictures. */
export async function zipped(path: string, files: ReadonlyMap<string, Buffer>, stored = /^media\//): Promise<void> {
  const zip = new yazl.ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { compress: !stored.test(name) })
  zip.end()
  writeFileSync(path, await buffer(zip.outputStream))
}
