import type { Prisma } from './generated/client.ts'

/** What of a story is to be erased, by id. */
export type Erasable = { readonly updates: readonly string[]; readonly claims: readonly string[]; readonly questions: readonly string[] }

/** What was erased: for those who look whether it is gone, and to be kept nowhere. */
export type Erased = {
  /** The events that say nothing any more, and what they said. */
  readonly events: readonly ErasedEvent[]
  readonly pictures: PicturesErased
}

export type ErasedEvent = { readonly seq: number; readonly at: Date; readonly payload: unknown }

/** The ids of pictures that nothing shows any more, and of those that something else does. */
export type PicturesErased = { readonly gone: readonly string[]; readonly kept: readonly string[] }

type Transaction = Prisma.TransactionClient

/**
 * Takes what is named out of a locked story whose log is linked: every event about it becomes `{ "erased": by }` and loses its salt,
 * the rows beside the log go, and so does what other tables have of it. `by` is the number of the event that will say so. Null if
 * one of the updates, claims or questions isn't there. About a dozen queries; for each picture it looks through all events.
 */
export async function eraseHistory(transaction: Transaction, storyId: string, by: number, what: Erasable, at: Date): Promise<Erased | null> {
  const { updates, claims, questions } = what
  const events = await transaction.$queryRaw<ErasedEvent[]>`
    SELECT seq, at, payload FROM events WHERE story_id = ${storyId}::uuid AND (
      payload #>> '{update,id}' = ANY(${updates}::text[]) OR payload #>> '{claim,id}' = ANY(${claims}::text[])
      OR payload #>> '{question,id}' = ANY(${questions}::text[])) ORDER BY seq`
  const payloads = events.map(({ payload }) => payload)
  const found = new Set(payloads.flatMap(idOf))
  if ([...updates, ...claims, ...questions].some((id) => !found.has(id))) return null
  await transaction.event.updateMany({ where: { storyId, seq: { in: events.map(({ seq }) => seq) } }, data: { payload: { erased: by }, salt: null } })
  await transaction.update.deleteMany({ where: { storyId, id: { in: [...updates] } } })
  await transaction.claim.deleteMany({ where: { storyId, id: { in: [...claims] } } })
  await transaction.question.deleteMany({ where: { storyId, id: { in: [...questions] } } })
  const all = [...updates, ...claims, ...questions]
  // The hash of what was sent would tell whoever guesses right; the key stays, so that the same isn't written again.
  await transaction.$executeRaw`
    UPDATE receipts SET request_hash = 'erased' WHERE story_id = ${storyId}::uuid AND answer ->> 'id' = ANY(${all}::text[])`
  await transaction.$executeRaw`
    UPDATE audit_entries SET subject_label = '', detail = detail - ARRAY['note', 'notice', 'name']
    WHERE story_id = ${storyId}::uuid AND subject_id = ANY(${all}::text[])`
  // What somebody was about to make of it. Their browser still has it, and can't send it any more.
  await transaction.$executeRaw`
    DELETE FROM unsent_texts WHERE story_id = ${storyId}::uuid AND EXISTS (SELECT FROM unnest(${all}::text[]) AS id WHERE position(id IN text::text) > 0)`
  return { events, pictures: await erasePictures(transaction, pictureIdsIn(payloads), at) }
}

function idOf(payload: unknown): string[] {
  const { update, claim, question } = payload as { update?: { id: string }; claim?: { id: string }; question?: { id: string } }
  return [update, claim, question].flatMap((each) => each?.id ?? [])
}

/** The ids of our own pictures, wherever in it they are named. */
function pictureIdsIn(payloads: readonly unknown[]): string[] {
  const named = JSON.stringify(payloads).matchAll(/"\/media\/([0-9a-f-]{36})"/g)
  return [...new Set(Array.from(named, ([, id]) => id ?? ''))]
}

/** Marks those as erased that nothing shows any more: no event, update, cover or unsent text of any story. Their files are still there. */
async function erasePictures(transaction: Transaction, ids: readonly string[], at: Date): Promise<PicturesErased> {
  const kept: string[] = []
  for (const id of ids) {
    const path = `%/media/${id}%`
    const [use] = await transaction.$queryRaw<{ isUsed: boolean }[]>`
      SELECT EXISTS (SELECT FROM events WHERE payload::text LIKE ${path}) OR EXISTS (SELECT FROM updates WHERE body::text LIKE ${path})
        OR EXISTS (SELECT FROM stories WHERE cover::text LIKE ${path}) OR EXISTS (SELECT FROM unsent_texts WHERE text::text LIKE ${path}) AS "isUsed"`
    if (use?.isUsed) kept.push(id)
  }
  const gone = ids.filter((id) => !kept.includes(id))
  if (gone.length > 0) {
    await transaction.media.updateMany({
      where: { id: { in: gone } },
      data: { erasedAt: at, alt: '', credit: null, name: '', focusX: null, focusY: null },
    })
    await transaction.$executeRaw`
      UPDATE audit_entries SET subject_label = '', detail = detail - 'name' WHERE subject_type = 'picture' AND subject_id = ANY(${gone}::text[])`
  }
  return { gone, kept }
}
