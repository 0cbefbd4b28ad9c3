import type { AuditEntry } from '#lib/people/audit-entry.ts'
import { jsonLines, textFile } from './text-stream.ts'

const columns = ['at', 'actor', 'actorId', 'action', 'subjectType', 'subject', 'subjectId', 'story', 'detail', 'count', 'lastAt'] as const

/** The audit log as a file, written as it is read. In CSV nothing that somebody has typed is a formula to a spreadsheet. */
export function auditFile(entries: AsyncIterable<AuditEntry>, format: 'csv' | 'ndjson'): ReadableStream<Uint8Array> {
  return textFile(format === 'csv' ? csvLines(entries) : jsonLines(entries))
}

async function* csvLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string, void, undefined> {
  yield `${columns.join(',')}\r\n`
  for await (const { at, actor, action, subject, story, detail } of entries) {
    const cells: Record<(typeof columns)[number], string> = {
      at,
      actor: actor.name,
      actorId: actor.id ?? '',
      action,
      subjectType: subject.type,
      subject: subject.label,
      subjectId: subject.id ?? '',
      story: story?.slug ?? '',
      detail: JSON.stringify(detail),
      count: String(detail.count ?? 1),
      lastAt: String(detail.lastAt ?? ''),
    }
    yield `${columns.map((column) => csvCell(cells[column])).join(',')}\r\n`
  }
}

/**
 * A cell of CSV. Spreadsheets take what begins with one of these signs for a formula and may run it as the file is opened; behind
 * an apostrophe it is text.
 */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r\n|%＝＋－＠]/.test(text.trimStart()) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
