import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, readWhole, writeWhole } from './whole-file.ts'

/** Files in a folder that can be made again, so that the oldest may be dropped. */
export type RenditionCache = {
  read(name: string): Promise<Buffer<ArrayBuffer> | null>
  write(name: string, bytes: Buffer): Promise<void>
  /** Deletes it, if it is there. */
  remove(name: string): Promise<void>
}

/**
 * Keeps at most about `most` bytes in `folder`: more, and what was used longest ago goes first. The order of use is
 * remembered while the process runs; after a start it is that in which they were made. Looks through the folder once, at the
 * first call. Where several processes share the folder each keeps its own count.
 */
export function openRenditionCache(folder: string, most: number): RenditionCache {
  let opening: Promise<Map<string, number>> | undefined
  const entries = () => {
    opening ??= sizesByAge(folder).catch((error: unknown) => {
      // The next to ask may have more luck.
      opening = undefined
      throw error
    })
    return opening
  }

  return {
    async read(name) {
      const sizes = await entries()
      const bytes = await readWhole(join(folder, name))
      // Where another process has dropped it, or made it.
      sizes.delete(name)
      if (bytes) sizes.set(name, bytes.length)
      return bytes
    },
    async write(name, bytes) {
      const sizes = await entries()
      await writeWhole(join(folder, name), bytes)
      sizes.delete(name)
      sizes.set(name, bytes.length)
      // Chosen all at once: two that are written together must not both make the room for both.
      const oldest = takeOldest(sizes, most)
      await Promise.all(oldest.map((each) => rm(join(folder, each), { force: true })))
    },
    async remove(name) {
      const sizes = await entries()
      sizes.delete(name)
      await rm(join(folder, name), { force: true })
    },
  }
}

/** Takes out the first of the files, until the sizes of the rest come to at most `most`. */
function takeOldest(sizes: Map<string, number>, most: number): string[] {
  const taken: string[] = []
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  for (const [name, size] of sizes) {
    if (total <= most) break
    taken.push(name)
    sizes.delete(name)
    total -= size
  }
  return taken
}

/** The size in bytes of each file in the folder, the oldest first. Half-written ones of a crash are among them, and will go. */
async function sizesByAge(folder: string): Promise<Map<string, number>> {
  const files = await Promise.all((await namesIn(folder)).map(async (name) => ({ name, ...(await sizeAndTime(join(folder, name))) })))
  return new Map(files.toSorted((one, other) => one.time - other.time).map(({ name, size }) => [name, size]))
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function sizeAndTime(path: string): Promise<{ size: number; time: number }> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { size, time: mtimeMs }
  } catch (error) {
    if (isMissing(error)) return { size: 0, time: 0 }
    throw error
  }
}
