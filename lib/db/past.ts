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
  /** The number of the last event that had happened at that moment; 0 for none. It looks at each event since. */
  headAt(storyId: string, at: Date): Promise<number>
  story(storyId: string, head: number): Promise<Story | null>
  /** At most `limit` updates, newest first: below number `before`, if it is given. */
  timeline(storyId: string, head: number, before: number | undefined, limit: number): Promise<Update[]>
  /** Up to three queries. */
  pinned(storyId: string, head: number): Promise<Update | null>
  facts(storyId: string, head: number): Promise<{ claims: Claim[]; questions: Question[] }>
}

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
      const last = await prisma.event.findFirst({ where: { storyId, at: { lte: at } }, orderBy: { seq: 'desc' }, select: { seq: true } })
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
  }
}

function stands({ withdrawal }: Claim | Question): boolean {
  return withdrawal === null
}
