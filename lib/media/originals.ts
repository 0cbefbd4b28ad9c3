import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, readWhole, writeWhole } from './whole-file.ts'

/** Where the pictures that were uploaded are kept, by the names of their files. */
export type Originals = {
  /** Once this answers it is durable. `type` is its media type. */
  write(name: string, bytes: Buffer, type: string): Promise<void>
  /** All of it; null if there's none of that name. */
  read(name: string): Promise<Buffer<ArrayBuffer> | null>
  /** Whether there's one of that name. Reads none of its bytes. */
  has(name: string): Promise<boolean>
  /** Deletes it, if it is there. */
  remove(name: string): Promise<void>
}

/** As files in a folder, which is made when the first is written. */
export function folderOriginals(folder: string): Originals {
  return {
    write: (name, bytes) => writeWhole(join(folder, name), bytes),
    read: (name) => readWhole(join(folder, name)),
    has: (name) => isFile(join(folder, name)),
    remove: (name) => rm(join(folder, name), { force: true }),
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
