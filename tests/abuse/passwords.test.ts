import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { runAttackers } from './run-attackers.ts'
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
    const { noticed, answer } = await noticedDuring(server, admin, () => runAttackers('sign-in', server.url))
    expectUnnoticed(noticed)
    expect((answer.wrong ?? 0) + (answer.busy ?? 0)).toBe(500)
    expect(answer.wrong).toBeGreaterThan(50)
    expect(answer.busy).toBeGreaterThan(0)
    const { entries } = (await admin.send('GET', '/api/audit?action=sign-in-failed&limit=200')).body as { entries: unknown[] }
    expect(JSON.stringify(entries)).not.toContain('SERVER_BUSY')
  })
})
