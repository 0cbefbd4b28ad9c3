import { may, permit } from '#lib/accounts/permissions.ts'
import type { Caller } from '#lib/accounts/person.ts'
import type { KeptPicture, PictureChanges } from '#lib/story/kept-picture.ts'
import { isPictureId } from '#lib/story/picture.ts'
import { type Done, done, type Newsroom, type Refusal } from './newsroom.ts'

/**
 * Changes what is kept of a picture for those who use it next: what it shows, whose it is, and what of it stays in view. What
 * was published with it stays as it was. Of two that come at once each changes what it names. A change to somebody else's picture is
 * in the audit log. Two queries, or three.
 */
export async function describePicture(
  { store, now }: Newsroom,
  caller: Caller,
  pictureId: string,
  changes: PictureChanges,
): Promise<Done<KeptPicture> | Refusal> {
  const permission = permit(caller, 'describe a picture')
  if (permission.kind !== 'permitted') return permission
  const { person } = permission
  const stored = isPictureId(pictureId) ? await store.pictures.picture(pictureId) : null
  if (stored === null) return { kind: 'no-such-picture' }
  if (stored.uploadedBy !== person.id && !may(person, 'describe a picture of another')) {
    return { kind: 'forbidden', action: 'describe a picture of another', role: person.role }
  }
  const note = { at: now(), actor: person, action: 'picture-changed', subject: { type: 'picture', id: pictureId, label: '' } } as const
  return done(await store.pictures.describe(pictureId, changes, stored.uploadedBy === person.id ? null : note))
}
