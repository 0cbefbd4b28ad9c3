import { emptyBody, storedBody } from '#lib/story/body.ts'
import type { Claim } from '#lib/story/claim.ts'
import type { Corrections } from '#lib/story/corrections.ts'
import { bucketWidths, mostBuckets } from '#lib/story/count-pace.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { lineOf } from '#lib/story/line-of.ts'
import type { Question } from '#lib/story/question.ts'
import type { Update } from '#lib/story/update.ts'
import type { UpdateLine } from '#lib/story/update-line.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'
import { publicUpdate, storedClaim, storedQuestion } from './rows.ts'

/** Updates that were published within a span of time that begins at `at`. */
export type Published = { readonly storyId: string; readonly at: Date; readonly count: number }

export type SearchOptions = { readonly terms: readonly string[]; readonly before?: number | undefined; readonly limit: number }

/** What gives an overview of stories that are too long to be read whole. Each method is one query unless it says otherwise. */
export type Overview = {
  /** The newest key events up to number `head` that stand, newest first, as a line each: no text is read of those that have a title. */
  keyEvents(storyId: string, head: number, limit: number): Promise<UpdateLine[]>
  /** What is claimed and what is asked, each in the order in which it came. */
  facts(storyId: string): Promise<{ claims: Claim[]; questions: Question[] }>
  /** The corrections after number `after` and up to number `head`. */
  corrections(storyId: string, after: number, head: number, limit: number): Promise<Corrections>
  /** How many updates up to number `head` were published when, in order, in buckets wide enough for {@link countAllPublished}. */
  publishedUntil(storyId: string, head: number): Promise<(Published & { readonly minutes: number })[]>
  /** How many updates were published with numbers above `after` and up to `head`. */
  publishedBetween(storyId: string, after: number, head: number): Promise<number>
  /** When updates of any of the stories were published since, by the hour. */
  publishedSince(storyIds: readonly string[], since: Date): Promise<Published[]>
  /** The newest update of each of the stories. Two queries. */
  newestOf(storyIds: readonly string[]): Promise<(Update & { storyId: string })[]>
  /** How many events of each type came after number `after`. */
  changesAfter(storyId: string, after: number): Promise<ReadonlyMap<StoryEvent['type'], number>>
  /** Updates that stand and hold words that begin with each of the terms, in title or text, newest first. By an index on the words; two queries. */
  search(storyId: string, options: SearchOptions): Promise<Update[]>
}

type KeyEventRow = { id: string; seq: number; version: number; publishedAt: Date; title: string | null; breaking: boolean; body: unknown }

export function openOverview(prisma: PrismaClient): Overview {
  return {
    async keyEvents(storyId, head, limit) {
      const rows = await prisma.$queryRaw<KeyEventRow[]>`
        SELECT id, seq, version, published_at AS "publishedAt", title, breaking, CASE WHEN title IS NULL THEN body END AS body
        FROM updates WHERE story_id = ${storyId}::uuid AND seq <= ${head} AND key AND status = 'published' ORDER BY seq DESC LIMIT ${limit}`
      return rows.map(({ publishedAt, body, ...row }) =>
        lineOf({ ...row, publishedAt: publishedAt.toISOString(), body: body === null ? emptyBody : storedBody.parse(body) }),
      )
    },
    async facts(storyId) {
      const rows = await prisma.$queryRaw<{ kind: 'claim' | 'question'; state: unknown }[]>`
        SELECT 'claim' AS kind, seq, state FROM claims WHERE story_id = ${storyId}::uuid
        UNION ALL SELECT 'question', seq, state FROM questions WHERE story_id = ${storyId}::uuid ORDER BY seq`
      return {
        claims: rows.flatMap((row) => (row.kind === 'claim' ? [storedClaim(row)] : [])),
        questions: rows.flatMap((row) => (row.kind === 'question' ? [storedQuestion(row)] : [])),
      }
    },
    async corrections(storyId, after, head, limit) {
      const rows = await prisma.$queryRaw<{ id: string; seq: number; version: number; at: Date; count: number }[]>`
        SELECT payload #>> '{update,id}' AS id, seq, (payload #>> '{update,version}')::int AS version, at, (count(*) OVER ())::int AS count
        FROM events WHERE story_id = ${storyId}::uuid AND type = 'update.corrected' AND payload -> 'update' IS NOT NULL AND seq > ${after} AND seq <= ${head} ORDER BY seq DESC LIMIT ${limit}`
      const newest = rows.map(({ id, seq, version, at }) => ({ id, seq, version, at: at.toISOString() }))
      return { count: rows[0]?.count ?? 0, newest }
    },
    publishedUntil: (storyId, head) => prisma.$queryRaw<(Published & { minutes: number })[]>`
      WITH published AS (
        SELECT floor(extract(epoch FROM published_at) / 60) AS minute FROM updates WHERE story_id = ${storyId}::uuid AND seq <= ${head}
      ), bounds AS (
        SELECT min(minute) AS first, max(minute) AS last FROM published
      ), width AS (
        SELECT coalesce(min(w) FILTER (WHERE floor(last / w) - floor(first / w) < ${mostBuckets}), max(w)) AS minutes
        FROM bounds, unnest(${bucketWidths}::int[]) AS w
      )
      SELECT ${storyId} AS "storyId", to_timestamp(floor(minute / minutes) * minutes * 60) AS at, count(*)::int AS count, minutes
      FROM published, width GROUP BY 2, 4 ORDER BY 2`,
    publishedBetween: (storyId, after, head) => prisma.update.count({ where: { storyId, seq: { gt: after, lte: head } } }),
    publishedSince: (storyIds, since) => prisma.$queryRaw<Published[]>`
      SELECT story_id AS "storyId", date_trunc('hour', published_at) AS at, count(*)::int AS count
      FROM updates WHERE published_at >= ${since} AND seq IS NOT NULL AND story_id = ANY(${storyIds}::uuid[]) GROUP BY 1, 2 ORDER BY 2`,
    async newestOf(storyIds) {
      const newest = await prisma.update.groupBy({ by: ['storyId'], where: { storyId: { in: [...storyIds] } }, _max: { seq: true } })
      const places = newest.flatMap(({ storyId, _max: { seq } }) => (seq === null ? [] : [{ storyId, seq }]))
      const rows = places.length === 0 ? [] : await prisma.update.findMany({ where: { OR: places } })
      return rows.flatMap((row) => {
        const update = publicUpdate(row)
        return update ? [{ ...update, storyId: row.storyId }] : []
      })
    },
    async changesAfter(storyId, after) {
      // What the column holds was written from the union of the events. An erased event has no salt; its payload, which says so too, takes
      // much longer to read.
      const groups = await prisma.$queryRaw<{ type: StoryEvent['type']; count: number }[]>`
        SELECT type, count(*)::int AS count FROM events
        WHERE story_id = ${storyId}::uuid AND seq > ${after} AND salt IS NOT NULL GROUP BY type`
      return new Map(groups.map(({ type, count }) => [type, count]))
    },
    async search(storyId, { terms, before, limit }) {
      const query = terms.map((term) => `'${term.replace(/['\\]/g, ' ')}':*`).join(' & ')
      const found = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM updates
        WHERE story_id = ${storyId}::uuid AND status = 'published' ${before === undefined ? Prisma.empty : Prisma.sql`AND seq < ${before}`}
          AND words @@ to_tsquery('simple', ${query})
        ORDER BY seq DESC LIMIT ${limit}`
      const rows =
        found.length === 0 ? [] : await prisma.update.findMany({ where: { id: { in: found.map(({ id }) => id) } }, orderBy: { seq: 'desc' } })
      return rows.flatMap((row) => publicUpdate(row) ?? [])
    },
  }
}
