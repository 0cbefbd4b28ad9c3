import type { Media } from '#lib/media/media.ts'
import type { Newsroom } from './newsroom.ts'

/** Deletes the files of the pictures that were erased; what a process that ended in between has left is left to the next. */
export async function removeErasedPictures({ store }: Newsroom, media: Media): Promise<void> {
  for (const id of await store.pictures.erased()) {
    await media.remove(id)
    await store.pictures.forget(id)
  }
}
