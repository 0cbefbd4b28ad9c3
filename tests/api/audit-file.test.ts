import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { auditFile, csvCell } from '#lib/http/audit-file.ts'
import type { AuditEntry } from '#lib/people/audit-entry.ts'

/** What a reader of CSV makes of one cell. */
function readCell(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}

describe('a cell of the exported log', () => {
  test.prop([fc.string()])('is read as it was, but for an apostrophe before what a spreadsheet would run', (text) => {
    const read = readCell(csvCell(text))
    expect([text, `'${text}`]).toContain(read)
    expect(read).not.toMatch(/^\s*[=+\-@|%]/)
    expect(read).not.toMatch(/^[\t\r\n]/)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '=HYPERLINK("http://evil.example";"x")', '＝1'])('%j is no formula', (text) => {
    expect(readCell(csvCell(text))).toBe(`'${text}`)
  })

  test.prop([fc.string()])('never ends its row early', (text) => {
    const cell = csvCell(text)
    if (/[",\r\n]/.test(text)) expect(cell).toMatch(/^"(?:[^"]|"")*"$/s)
    else expect(cell.replace(/^"|"$/g, '')).not.toMatch(/[",\r\n]/)
  })
})

test('the log is written as it is read, and reading stops when nobody listens any more', async () => {
  let read = 0
  let isOver = false
  async function* endless(): AsyncGenerator<AuditEntry> {
    try {
      for (;;) {
        read += 1
        yield {
          id: String(read),
          at: '2026-11-25T09:00:00.000Z',
          actor: { id: null, name: 'A, "B"' },
          action: 'sign-in',
          subject: { type: 'person', id: null, label: '=x' },
          story: null,
          detail: {},
        }
      }
    } finally {
      isOver = true
    }
  }
  const reader = auditFile(endless(), 'csv').getReader()
  const lines = new TextDecoder().decode((await reader.read()).value).split('\r\n')
  expect(lines.slice(0, 2)).toEqual([
    'at,actor,actorId,action,subjectType,subject,subjectId,story,detail,count,lastAt',
    `2026-11-25T09:00:00.000Z,"A, ""B""",,sign-in,person,"'=x",,,{},1,`,
  ])
  await reader.cancel()
  expect(isOver).toBe(true)
  // A piece is sent, and the next one made.
  expect(read).toBeLessThan(3 * lines.length)
})
