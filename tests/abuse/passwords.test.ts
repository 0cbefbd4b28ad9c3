import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { from } from './from.ts'
import { expectUnnoticed, noticedDuring } from './under-attack.ts'

describe('hashing passwords for strangers', () => {
  let own: OwnSettings
  let server: RunningServer
  let admin: ApiClient

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer({ ...own.settings, STAYTUNED_PROXIES: '1' })
    admin = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  test('500 sign-ins at once, each from another network: some are answered, the rest are told to come back, and readers notice nothing', async () => {
    const signIn = (number: number) =>
      new ApiClient(server.url).send(
        'POST',
        '/api/auth/sign-in/email',
        { email: `stranger-${number}@example.org`, password: 'a-password-that-is-wrong' },
        from(`203.0.${Math.floor(number / 250)}.${number % 250}`),
      )
    const { noticed, answer } = await noticedDuring(server, admin, () => Promise.all(Array.from({ length: 500 }, (_, number) => signIn(number))))
    expectUnnoticed(noticed)
    const refused = answer.filter(({ status }) => status === 503)
    expect(answer.filter(({ status }) => status !== 401 && status !== 503)).toEqual([])
    expect(refused.length).toBeGreaterThan(0)
    for (const { headers, body } of refused) {
      expect(headers.get('retry-after')).toBe('2')
      expect(body).toMatchObject({ type: 'urn:staytuned:problem:busy' })
    }
    const { entries } = (await admin.send('GET', '/api/audit?action=sign-in-failed&limit=200')).body as { entries: unknown[] }
    expect(JSON.stringify(entries)).not.toContain('SERVER_BUSY')
  })
})
