import { Prisma, type PrismaClient } from './generated/client.ts'

export type AuditFilterRecord = {
  readonly q?: string | undefined
  readonly person?: string | undefined
  /** A slug. */
  readonly story?: string | undefined
  readonly action?: string | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

/** An entry's place: no two have the same. */
export type AuditPlace = { readonly at: Date; readonly key: string }

export type AuditRow = {
  readonly key: string
  readonly at: Date
  readonly actorId: string | null
  readonly actorName: string
  readonly action: string
  readonly subjectType: string
  readonly subjectId: string | null
  readonly subjectLabel: string
  readonly slug: string | null
  readonly headline: string | null
  readonly detail: unknown
}

export type Audit = {
  /**
   * At most `limit` entries below that place, newest first: what is kept of its own, and the events of all stories, which are
   * entries as they are. One query, which reads by time as far as it has to: for words or a person that are rare, to the end.
   */
  page(filter: AuditFilterRecord, before: AuditPlace | null, limit: number): Promise<AuditRow[]>
}

const entries = Prisma.sql`
  SELECT a.id::text COLLATE "C" AS key, a.at, a.actor_id AS "actorId", a.actor_name AS "actorName", a.action, a.subject_type AS "subjectType",
         a.subject_id AS "subjectId", a.subject_label AS "subjectLabel", s.slug, s.headline, a.detail
  FROM audit_entries a LEFT JOIN stories s ON s.id = a.story_id`

// An event's type is written with a dot, an action with a hyphen. What somebody was called then isn't in an event: they are
// called as they are now, and whoever isn't there (any more) as the update was signed.
const events = Prisma.sql`
  SELECT (e.story_id::text || ':' || lpad(e.seq::text, 10, '0')) COLLATE "C" AS key, e.at, e.actor_id AS "actorId",
         coalesce(u.name, e.payload #>> '{update,author}', e.actor_id) AS "actorName", replace(e.type, '.', '-') AS action,
         split_part(e.type, '.', 1) AS "subjectType",
         coalesce(e.payload #>> ARRAY[split_part(e.type, '.', 1), 'id'], e.story_id::text) AS "subjectId",
         coalesce(e.payload #>> '{update,title}', e.payload #>> '{story,headline}', e.payload #>> '{claim,statement}',
                  e.payload #>> '{question,text}', '') AS "subjectLabel", s.slug, s.headline,
         jsonb_strip_nulls(jsonb_build_object(
           'seq', e.seq, 'version', e.payload #> ARRAY[split_part(e.type, '.', 1), 'version'],
           'status', coalesce(e.payload #> '{story,status}', e.payload #> '{claim,assessments,-1,standing}'),
           'note', CASE e.type WHEN 'update.corrected' THEN e.payload #> '{update,corrections,-1,note}'
                               WHEN 'claim.assessed' THEN e.payload #> '{claim,assessments,-1,reason}' END,
           'notice', e.payload #> ARRAY[split_part(e.type, '.', 1), 'withdrawal', 'notice'])) AS detail
  FROM events e JOIN stories s ON s.id = e.story_id LEFT JOIN users u ON u.id = e.actor_id`

export function openAudit(prisma: PrismaClient): Audit {
  return {
    page(filter, before, limit) {
      const where = conditions(filter, before)
      const newest = Prisma.sql`ORDER BY at DESC, key DESC LIMIT ${limit}`
      return prisma.$queryRaw<AuditRow[]>`
        SELECT * FROM (
          (SELECT * FROM (${entries}) own ${where} ${newest})
          UNION ALL
          (SELECT * FROM (${events}) told ${where} ${newest})
        ) both_logs ${newest}`
    },
  }
}

function conditions({ q, person, story, action, from, until }: AuditFilterRecord, before: AuditPlace | null): Prisma.Sql {
  const all = [
    // The first half is there for the index, which is by time alone.
    before && Prisma.sql`at <= ${before.at} AND (at, key) < (${before.at}, ${before.key} COLLATE "C")`,
    from && Prisma.sql`at >= ${from}`,
    until && Prisma.sql`at < ${until}`,
    person && Prisma.sql`("actorId" = ${person} OR ("subjectType" = 'person' AND "subjectId" = ${person}))`,
    story && Prisma.sql`slug = ${story}`,
    action && Prisma.sql`action = ${action}`,
    q && Prisma.sql`concat_ws(' ', "actorName", action, "subjectLabel", headline, detail::text) ILIKE ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`,
  ].filter((condition) => typeof condition === 'object' && condition !== null)
  return all.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(all, ' AND ')}`
}
