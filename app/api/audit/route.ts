import { refused } from '#lib/http/problem.ts'
import { readQuery } from '#lib/http/queries.ts'
import { privateRoute } from '#lib/http/route.ts'
import { auditQuery } from '#lib/people/audit-entry.ts'
import { readAudit } from '#lib/reading/read-audit.ts'

export const GET = privateRoute('read the audit log', async ({ newsroom, request }) => {
  const read = readQuery(request.url, auditQuery)
  if (read.kind === 'invalid') return refused(read)
  const { before, limit, ...filter } = read.query
  return readAudit(newsroom.store.audit, filter, before, limit)
})
