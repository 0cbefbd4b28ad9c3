import type { Audit, AuditFilterRecord, AuditPlace, AuditRow } from '#lib/db/audit.ts'
import { type AuditEntry, type AuditFilter, type AuditPage, auditSubject } from '#lib/people/audit-entry.ts'

const dayMs = 24 * 3600_000

/** A page of the audit log, newest first, below `before`: the `next` of another page. One query. */
export async function readAudit(audit: Audit, filter: AuditFilter, before: string | undefined, limit: number): Promise<AuditPage> {
  // One more tells whether there is a next page.
  const rows = await audit.page(record(filter), before === undefined ? null : placeOf(before), limit + 1)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { entries: shown.map(entryOf), next: rows.length > limit && last ? cursorOf(last) : null }
}

const exportedAtOnce = 500

/** The whole of what the filter lets through, newest first, a part at a time: what is exported is never in memory as a whole. */
export async function* readWholeAudit(audit: Audit, filter: AuditFilter): AsyncGenerator<AuditEntry> {
  let before: string | undefined
  do {
    const page = await readAudit(audit, filter, before, exportedAtOnce)
    yield* page.entries
    before = page.next ?? undefined
  } while (before !== undefined)
}

function record({ day, ...filter }: AuditFilter): AuditFilterRecord {
  if (day === undefined) return filter
  const from = new Date(`${day}T00:00:00Z`)
  return { ...filter, from, until: new Date(from.getTime() + dayMs) }
}

function cursorOf({ at, key }: AuditPlace): string {
  return `${at.getTime()}~${key}`
}

function placeOf(cursor: string): AuditPlace {
  const [at, key = ''] = cursor.split('~')
  return { at: new Date(Number(at)), key }
}

function entryOf({ key, at, actorId, actorName, action, subjectType, subjectId, subjectLabel, slug, headline, detail }: AuditRow): AuditEntry {
  return {
    id: key,
    at: at.toISOString(),
    actor: { id: actorId, name: actorName },
    action,
    subject: auditSubject.parse({ type: subjectType, id: subjectId, label: subjectLabel }),
    story: slug === null ? null : { slug, headline: headline ?? '' },
    detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
  }
}
