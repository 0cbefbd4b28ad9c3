import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { AuditRow } from '#components/desk/audit/audit-row.client.tsx'
import { Words } from '#components/ui/words.client.tsx'
import { catalogues } from '#lib/messages/catalogues.ts'

/** The words of a row for failures to sign in at Ann's account, as the server sends it. */
function words(detail: Record<string, unknown>): string {
  const entry = {
    id: '1',
    at: '2026-12-01T09:00:00.000Z',
    actor: { id: null, name: 'ann@example.org' },
    action: 'sign-in-failed',
    subject: { type: 'person', id: 'ann', label: 'Ann' },
    story: null,
    detail: { method: 'password', ...detail },
  } as const
  const html = renderToStaticMarkup(
    <Words words={{ locale: 'en-GB', messages: catalogues.en }} timeZone="UTC">
      <AuditRow entry={entry} />
    </Words>,
  )
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

test('failures to sign in are told with their number and the time of the last', () => {
  const told = words({ count: 12, lastAt: '2026-12-01T09:41:00.000Z' })
  expect(told).toContain('ann@example.org 12 failed sign-ins Ann')
  expect(told).toMatch(/last at .*09:41/)
  expect(told).not.toContain('times')
})

test('a single failure is told as one', () => {
  const told = words({ count: 1 })
  expect(told).toContain('ann@example.org Failed to sign in Ann')
  expect(told).not.toMatch(/times|last at/)
})
