import type { Media } from '#lib/media/media.ts'
import type { Newsroom } from './newsroom.ts'

/**
 * Does for the files what an erasure has done in the database: deletes those of the pictures that are gone, and has the database's own
 * written anew. What a process that ended in between has left is left to the next. Two queries if there's nothing to do.
 */
export async function finishErasures({ store }: Newsroom, media: Media): Promise<void> {
  for (const id of await store.pictures.erased()) {
    await media.remove(id)
    await store.pictures.forget(id)
  }
  await store.erasures.rewrite()
}
