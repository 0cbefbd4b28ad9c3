import { v7 as uuidv7 } from 'uuid'
import { permitInSomeStory } from '#lib/accounts/permit-in-story.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { Media } from '#lib/media/media.ts'
import type { AddedPicture, NewPicture } from '#lib/story/new-picture.ts'
import { picturePath } from '#lib/story/picture.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/**
 * Keeps a picture that updates can then name by its path. A guest may add one who writes in some story. The file is on the disk before its row is, so that no row ever
 * lacks its file; whatever goes wrong in between leaves a file that nobody knows. Once this answers both are durable. One transaction of two queries.
 */
export async function addPicture(
  { store, now }: Newsroom,
  media: Media,
  caller: Caller,
  { file, name, alt, credit }: NewPicture & { file: Buffer; name: string },
): Promise<Done<AddedPicture> | Refusal> {
  const permission = await permitInSomeStory(store.storyPeople, caller, 'add a picture')
  if (permission.kind !== 'permitted') return permission
  const id = uuidv7()
  const kept = await media.keep(id, file)
  if (kept.kind !== 'kept') return kept

  const { type, width, height, size: bytes } = kept
  const { person } = permission
  const at = now()
  await store.pictures.add(
    { id, type, width, height, bytes, name, credit, alt, focus: null, uploadedBy: person.id, createdAt: at },
    { at, actor: person, action: 'picture-added', subject: { type: 'picture', id, label: credit ?? '' }, detail: { type, bytes, width, height } },
  )
  return done({ id, src: picturePath(id), width, height, type, bytes })
}
