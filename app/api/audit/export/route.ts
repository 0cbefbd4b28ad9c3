import { auditFile } from '#lib/http/audit-file.ts'
import { refused } from '#lib/http/problem.ts'
import { readQuery } from '#lib/http/queries.ts'
import { privateRoute } from '#lib/http/route.ts'
import { auditExportQuery } from '#lib/people/audit-entry.ts'
import { readWholeAudit } from '#lib/reading/read-audit.ts'

export const GET = privateRoute('read the audit log', async ({ newsroom, request }) => {
  const read = readQuery(request.url, auditExportQuery)
  if (read.kind === 'invalid') return refused(read)
  const { format, ...filter } = read.query
  return new Response(auditFile(readWholeAudit(newsroom.store.audit, filter), format), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      'content-disposition': `attachment; filename="audit-${newsroom.now().toISOString().slice(0, 10)}.${format}"`,
      'cache-control': 'no-store',
    },
  })
})
