import { type AuditFilter, auditPage } from '#lib/people/audit-entry.ts'
import { call } from '../desk-api.client.ts'

/** The filter as it stands in an address: what isn't asked for isn't there. */
export function queryOf(filter: AuditFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** A page of the log, newest first, below the cursor if one is given. */
export function readAudit(filter: AuditFilter, before: string | null) {
  const query = queryOf(filter)
  if (before !== null) query.set('before', before)
  return call(`/api/audit?${query}`, { method: 'GET' }, auditPage)
}

export function exportAddress(filter: AuditFilter, format: 'csv' | 'ndjson'): string {
  const query = queryOf(filter)
  query.set('format', format)
  return `/api/audit/export?${query}`
}
