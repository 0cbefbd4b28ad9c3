import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { readEnv } from '#lib/env.ts'
import { securityTxt } from '#lib/http/security-txt.ts'

describe('security.txt', () => {
  test.prop([fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })])(
    'expires within a year, whenever it is asked for',
    (now) => {
      const expires = Date.parse(/^Expires: (.*)$/m.exec(securityTxt('mailto:a@example.org', 'https://example.org', now))?.[1] ?? '')
      expect(expires).toBeGreaterThan(now.getTime())
      expect(expires - now.getTime()).toBeLessThan(365 * 24 * 3600_000)
    },
  )

  test('of a site by http names no canonical address, which would have to be by https', () => {
    expect(securityTxt('mailto:a@example.org', 'http://localhost:3000', new Date())).not.toContain('Canonical')
  })

  test.each(['mailto:security@example.org', 'https://example.org/security'])('can have the contact %s', (contact) => {
    expect(readEnv({ STAYTUNED_SECURITY_CONTACT: contact })).toMatchObject({ kind: 'env', env: { STAYTUNED_SECURITY_CONTACT: contact } })
  })

  test.each(['security@example.org', 'http://example.org', 'javascript:alert(1)', 'mailto:', 'https://', 'mailto:a@b\nExpires: never'])(
    'cannot have the contact %j',
    (contact) => {
      const read = readEnv({ STAYTUNED_SECURITY_CONTACT: contact })
      expect(read).toEqual({
        kind: 'wrong',
        lines: ['STAYTUNED_SECURITY_CONTACT must be a mailto: or https: address, like mailto:security@example.org'],
      })
    },
  )
})
