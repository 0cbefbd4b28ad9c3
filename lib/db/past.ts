import type { Claim } from '#lib/story/claim.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import type { Question } from '#lib/story/question.ts'
import type { Story } from '#lib/story/story.ts'
import type { Update } from '#lib/story/update.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { storyEvent } from './rows.ts'

/** When something was changed in a story before and after a number of its log. */
export type ChangesAround = {
  /** When readers could first see it. */
  readonly begun: string
  /** When it was changed before it stood so, at another time; null if there was nothing to see before. */
  readonly earlier: string | null
  /** When it was changed next; null if it wasn't. */
  readonly later: string | null
}

/**
 * A story as it was once event number `head` had happened: for each thing the last event about it up to there, which carries the
 * whole of it. By indexes, so that it costs what is shown and not what had happened. Each method is one query unless it says otherwise.
 */
export type Past = {
  /** `publicFrom` is the number of the event since which readers can see it. Two queries. */
  changesAround(storyId: string, publicFrom: number, head: number): Promise<ChangesAround>
  /** The number of the last event that had happened at that moment; 0 for none. */
  headAt(storyId: string, at: Date): Promise<number>
  story(storyId: string, head: number): Promise<Story | null>
  /** At most `limit` updates, newest first: below number `before`, if it is given. */
  timeline(storyId: string, head: number, before: number | undefined, limit: number): Promise<Update[]>
  /** Up to three queries. */
  pinned(storyId: string, head: number): Promise<Update | null>
  facts(storyId: string, head: number): Promise<{ claims: Claim[]; questions: Question[] }>
  /**
   * The updates that were published, changed or withdrawn after number `from` and up to `to`, by their last event in that span, newest
   * first: of `limit` such events below number `before`. `next` is where the next page begins.
   */
  changedUpdates(storyId: string, span: Span, before: number | undefined, limit: number): Promise<{ changes: UpdateChange[]; next: number | null }>
}

/** From after one number of a log up to another. */
export type Span = { readonly from: number; readonly to: number }

/** How an update stood at both ends of a span; null before it was published. */
export type UpdateChange = { readonly before: Update | null; readonly after: Update }

type EventRow = Parameters<typeof storyEvent>[0]

const columns = Prisma.sql`e.seq, e.at, e.type, e.payload`

export function openPast(prisma: PrismaClient): Past {
  const first = async (query: Prisma.Sql): Promise<StoryEvent | null> => {
    const [row] = await prisma.$queryRaw<EventRow[]>(query)
    return row ? storyEvent(row) : null
  }
  const ofStory = Prisma.sql`e.type IN ('story.opened', 'story.revised')`
  /** The last event up to `head` about the update. */
  const lastOf = (storyId: string, head: number, id: string) =>
    first(Prisma.sql`
      SELECT ${columns} FROM events e
      WHERE e.story_id = ${storyId}::uuid AND e.payload #>> '{update,id}' = ${id} AND e.seq <= ${head} ORDER BY e.seq DESC LIMIT 1`)
  return {
    async changesAround(storyId, publicFrom, head) {
      const rows = await prisma.event.findMany({ where: { storyId, seq: { in: [publicFrom, head, head + 1] } }, select: { seq: true, at: true } })
      const timeOf = (seq: number) => rows.find((row) => row.seq === seq)?.at
      const [begun, at] = [timeOf(publicFrom), timeOf(head)]
      if (!begun || !at) throw new Error(`a log without its events ${publicFrom} and ${head}`)
      const before = await prisma.event.findFirst({
        where: { storyId, seq: { gte: publicFrom, lt: head }, at: { lt: at } },
        orderBy: { seq: 'desc' },
        select: { at: true },
      })
      return { begun: begun.toISOString(), earlier: before?.at.toISOString() ?? null, later: timeOf(head + 1)?.toISOString() ?? null }
    },
    async headAt(storyId, at) {
      const last = await prisma.event.findFirst({
        where: { storyId, at: { lte: at } },
        orderBy: [{ at: 'desc' }, { seq: 'desc' }],
        select: { seq: true },
      })
      return last?.seq ?? 0
    },
    async story(storyId, head) {
      const event = await first(Prisma.sql`
        SELECT ${columns} FROM events e WHERE e.story_id = ${storyId}::uuid AND ${ofStory} AND e.seq <= ${head} ORDER BY e.seq DESC LIMIT 1`)
      return event && 'story' in event ? event.story : null
    },
    async timeline(storyId, head, before, limit) {
      const rows = await prisma.$queryRaw<EventRow[]>`
        SELECT ${columns} FROM (
          SELECT id, seq FROM updates WHERE story_id = ${storyId}::uuid AND seq <= ${Math.min(head, (before ?? head + 1) - 1)}
          ORDER BY seq DESC LIMIT ${limit}) u
        CROSS JOIN LATERAL (
          SELECT seq, at, type, payload FROM events
          WHERE story_id = ${storyId}::uuid AND payload #>> '{update,id}' = u.id::text AND seq <= ${head} ORDER BY seq DESC LIMIT 1) e
        ORDER BY u.seq DESC`
      return rows.map(storyEvent).flatMap((event) => ('update' in event ? [event.update] : []))
    },
    async pinned(storyId, head) {
      const pin = await first(Prisma.sql`
        SELECT ${columns} FROM events e
        WHERE e.story_id = ${storyId}::uuid AND e.type IN ('update.pinned', 'update.unpinned') AND e.seq <= ${head} ORDER BY e.seq DESC LIMIT 1`)
      if (pin?.type !== 'update.pinned') return null
      const last = await lastOf(storyId, head, pin.update.id)
      return last && 'update' in last && last.update.withdrawal === null ? last.update : null
    },
    async facts(storyId, head) {
      const rows = await prisma.$queryRaw<EventRow[]>`
        SELECT ${columns} FROM events e
        WHERE e.story_id = ${storyId}::uuid AND (e.type LIKE 'claim.%' OR e.type LIKE 'question.%') AND e.seq <= ${head} ORDER BY e.seq`
      const claims = new Map<string, Claim>()
      const questions = new Map<string, Question>()
      for (const event of rows.map(storyEvent)) {
        if ('claim' in event) claims.set(event.claim.id, event.claim)
        if ('question' in event) questions.set(event.question.id, event.question)
      }
      return { claims: [...claims.values()].filter(stands), questions: [...questions.values()].filter(stands) }
    },
    async changedUpdates(storyId, { from, to }, before, limit) {
      // One more row than the page needs tells whether there is another page.
      const rows = await prisma.$queryRaw<ChangeRow[]>`
        SELECT e.seq, e.at, e.type, CASE WHEN NOT l.later THEN e.payload END AS payload,
               b.seq AS "wasSeq", b.at AS "wasAt", b.type AS "wasType", b.payload AS "wasPayload"
        FROM (
          SELECT seq, at, type, payload, payload #>> '{update,id}' AS id FROM events
          WHERE story_id = ${storyId}::uuid AND seq > ${from} AND seq <= ${Math.min(to, (before ?? to + 1) - 1)}
            AND type IN ('update.published', 'update.revised', 'update.corrected', 'update.withdrawn')
          ORDER BY seq DESC LIMIT ${limit + 1}) e
        CROSS JOIN LATERAL (
          SELECT EXISTS (
            SELECT 1 FROM events WHERE story_id = ${storyId}::uuid AND payload #>> '{update,id}' = e.id AND seq > e.seq AND seq <= ${to}
              AND type NOT IN ('update.pinned', 'update.unpinned')) AS later) l
        LEFT JOIN LATERAL (
          SELECT seq, at, type, payload FROM events
          WHERE NOT l.later AND story_id = ${storyId}::uuid AND payload #>> '{update,id}' = e.id AND seq <= ${from} ORDER BY seq DESC LIMIT 1) b ON true
        ORDER BY e.seq DESC`
      const looked = rows.slice(0, limit)
      return { changes: looked.flatMap((row) => changeOf(row) ?? []), next: rows.length > limit ? (looked.at(-1)?.seq ?? null) : null }
    },
  }
}

type ChangeRow = Omit<EventRow, 'payload'> & {
  /** Null where a later event in the span is about the same update. */
  readonly payload: EventRow['payload'] | null
  readonly wasSeq: number | null
  readonly wasAt: Date
  readonly wasType: EventRow['type']
  readonly wasPayload: EventRow['payload']
}

/** Null for an event that isn't the last about its update, or that was erased. */
function changeOf({ payload, wasSeq, wasAt, wasType, wasPayload, ...row }: ChangeRow): UpdateChange | null {
  const event = payload === null ? null : storyEvent({ ...row, payload })
  if (event === null || !('update' in event)) return null
  const was = wasSeq === null ? null : storyEvent({ seq: wasSeq, at: wasAt, type: wasType, payload: wasPayload })
  return { before: was && 'update' in was ? was.update : null, after: event.update }
}

function stands({ withdrawal }: Claim | Question): boolean {
  return withdrawal === null
}
