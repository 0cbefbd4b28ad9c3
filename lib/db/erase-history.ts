import { pictureIdsNamed } from '#lib/story/picture.ts'
import { isTraced, textsOf, tracesOf } from '#lib/story/traces.ts'
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
 * one of the updates, claims or questions isn't there. About a dozen queries; if there are pictures in it, one goes through all events.
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
  await dropUnsent(transaction, storyId, tracesOf(textsOf(payloads)))
  await transaction.story.update({ where: { id: storyId }, data: { rewriteDue: true } })
  return { events, pictures: await erasePictures(transaction, pictureIdsNamed(JSON.stringify(payloads)), at) }
}

/** Of what people have typed and sent nowhere, deletes that in which something of it is. */
async function dropUnsent(transaction: Transaction, storyId: string, traces: readonly string[]): Promise<void> {
  const rows = await transaction.unsentText.findMany({ where: { storyId } })
  for (const { personId, device, text } of rows) {
    if (isTraced(traces, JSON.stringify(text)))
      await transaction.unsentText.delete({ where: { storyId_personId_device: { storyId, personId, device } } })
  }
}

function idOf(payload: unknown): string[] {
  const { update, claim, question } = payload as { update?: { id: string }; claim?: { id: string }; question?: { id: string } }
  return [update, claim, question].flatMap((each) => each?.id ?? [])
}

/**
 * Marks those as erased that nothing shows any more: no event, update, cover or unsent text of any story. Their files are still there.
 * It looks through all of them, once.
 */
async function erasePictures(transaction: Transaction, ids: readonly string[], at: Date): Promise<PicturesErased> {
  if (ids.length === 0) return { gone: [], kept: [] }
  const named = `/media/(${ids.join('|')})`
  const used = await transaction.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT (regexp_matches(said, ${named}, 'g'))[1] AS id FROM (
      SELECT payload::text AS said FROM events WHERE type LIKE 'update.%' OR type LIKE 'story.%' UNION ALL SELECT body::text FROM updates
      UNION ALL SELECT cover::text FROM stories UNION ALL SELECT text::text FROM unsent_texts) everything
    WHERE said LIKE '%/media/%'`
  const kept = used.map(({ id }) => id)
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
