import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { failureTally } from '#lib/accounts/failure-tally.ts'
import type { AuditNote } from '#lib/db/audit-note.ts'

const hour = 3600_000
const nine = Date.parse('2026-12-01T09:00:00Z')

function failure(id: string | null, address: string, at: number, reason = 'wrong password'): AuditNote {
  return {
    at: new Date(at),
    actor: { id: null, name: 'Somebody unknown' },
    action: 'sign-in-failed',
    subject: { type: 'person', id, label: '' },
    detail: { method: 'password', reason, address },
  }
}

describe('failures to sign in', () => {
  test.prop([
    fc.array(fc.record({ id: fc.constantFrom(null, 'ann', 'ben'), network: fc.nat(5_000), minute: fc.nat(59) }), {
      minLength: 300,
      maxLength: 2_000,
    }),
  ])('of one hour are counted in a bounded number of entries, from however many networks they come', (failures) => {
    const tally = failureTally()
    const keys = failures.map(({ id, network, minute }) => {
      return tally(failure(id, `10.1.${network >> 8}.${network & 255}`, nine + minute * 60_000)).tallyKey
    })
    expect(new Set(keys).size).toBeLessThanOrEqual(200 + 3)
  })

  test('of one kind, account, network and hour are one entry, and others are others', () => {
    const tally = failureTally()
    const key = (...args: Parameters<typeof failure>) => tally(failure(...args)).tallyKey
    const first = key('ann', '2001:db8:1:2::1', nine)
    expect(key('ann', '2001:db8:1:2::ffff', nine + hour - 1)).toBe(first)
    expect(key('ben', '2001:db8:1:2::1', nine)).not.toBe(first)
    expect(key(null, '2001:db8:1:2::1', nine)).not.toBe(first)
    expect(key('ann', '2001:db8:1:3::1', nine)).not.toBe(first)
    expect(key('ann', '2001:db8:1:2::1', nine, 'deactivated')).not.toBe(first)
    expect(key('ann', '2001:db8:1:2::1', nine + hour)).not.toBe(first)
  })

  test('from networks beyond the bound name no address, and have entries of their own again in the next hour', () => {
    const tally = failureTally()
    for (let network = 0; network < 200; network += 1) tally(failure(null, `10.0.0.${network}`, nine))
    const others = tally(failure('ann', '10.0.1.1', nine))
    expect(others.detail?.address).toBeNull()
    expect(tally(failure('ann', '10.0.1.2', nine)).tallyKey).toBe(others.tallyKey)
    expect(tally(failure('ben', '10.0.1.1', nine)).tallyKey).not.toBe(others.tallyKey)
    expect(tally(failure(null, '10.0.0.7', nine)).detail?.address).toBe('10.0.0.7')
    expect(tally(failure('ann', '10.0.1.1', nine + hour)).detail?.address).toBe('10.0.1.1')
  })
})
