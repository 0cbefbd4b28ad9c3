import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

const password = 'a-password-of-mine'

type Entry = { action: string; actor: { id: string | null; name: string }; detail: Record<string, unknown> }

describe.each([anyKind])('the audit log by the HTTP API on the %s database', (kind) => {
  let server: RunningServer
  let boss: ApiClient
  let own: OwnSettings
  let people = 0

  beforeAll(async () => {
    own = await ownSettings(kind)
    server = await startServer(own.settings)
    boss = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const joined = async () => {
    people += 1
    const email = `person-${people}@example.org`
    const { link } = (await boss.send('POST', '/api/invitations', { email, role: 'editor' })).body as { link: string }
    const client = new ApiClient(server.url)
    await client.enter('/api/invitations/accept', { token: link.split('/').at(-1), name: `Person ${people}`, password })
    const { id } = (await client.send('GET', '/api/account')).body as { id: string }
    return { client, email, id }
  }
  const entries = async (query: string) => ((await boss.send('GET', `/api/audit?${query}`)).body as { entries: Entry[] }).entries
  const actions = async (query: string) => (await entries(query)).map(({ action }) => action)

  test('tells of joining, signing in and failing to, signing out, and being put out, with no secret in it', async () => {
    const { client, email, id } = await joined()
    await client.send('POST', '/api/auth/sign-out', {})
    expect((await client.signIn({ email, password: 'not-the-password' })).status).toBe(401)
    expect((await client.signIn({ email, password })).status).toBe(200)
    await boss.send('PATCH', `/api/people/${id}`, { role: 'contributor', active: false })
    expect((await client.signIn({ email, password })).status).toBe(403)
    expect(await actions(`person=${id}`)).toEqual([
      'sign-in-failed',
      'person-deactivated',
      'person-role-changed',
      'sign-in',
      'sign-in-failed',
      'sign-out',
      'sign-in',
      'invitation-accepted',
    ])
    const failed = await entries(`q=${email}&action=sign-in-failed`)
    expect(failed).toMatchObject([
      { actor: { id: null, name: email }, subject: { id }, detail: { method: 'password', reason: 'deactivated', address: '127.0.0.1', count: 1 } },
      { actor: { id: null, name: email }, detail: { method: 'password', reason: 'wrong password' } },
    ])
    const all = JSON.stringify(await entries('limit=200'))
    for (const secret of [password, 'not-the-password', admin.password]) expect(all).not.toContain(secret)
  })

  test('tells of passwords and two-factor, and a sign-in with a code is one', async () => {
    const { client, email, id } = await joined()
    const begun = await client.send('POST', '/api/auth/two-factor/enable', { password })
    const { totpURI, backupCodes } = begun.body as { totpURI: string; backupCodes: string[] }
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    expect((await client.enter('/api/auth/two-factor/verify-totp', { code: oneTimeCode(secret) })).status).toBe(200)

    const asked = await client.signIn({ email, password })
    expect(asked.body).toMatchObject({ twoFactorRedirect: true })
    expect((await client.send('GET', '/api/account')).status).toBe(401)
    expect((await client.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).body).toMatchObject({
      type: 'urn:staytuned:problem:wrong-code',
      status: 422,
    })
    expect((await client.enter('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(200)
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ hasTwoFactor: true })
    expect((await client.send('POST', '/api/auth/two-factor/disable', { password: 'wrong-password' })).status).toBe(422)
    expect((await client.enter('/api/auth/two-factor/disable', { password })).status).toBe(200)
    await client.send('POST', '/api/account/password', { currentPassword: password, newPassword: 'my-second-password' })
    expect(await actions(`person=${id}`)).toEqual([
      'password-changed',
      'two-factor-disabled',
      'sign-in',
      'sign-in-failed',
      'two-factor-enabled',
      'sign-in',
      'invitation-accepted',
    ])
    const all = JSON.stringify(await entries('limit=200'))
    for (const each of [secret, ...backupCodes]) expect(all).not.toContain(each)
  })

  test('codes can be tried a few times, then not for a while, from wherever', async () => {
    const { client, email } = await joined()
    const { totpURI } = (await client.send('POST', '/api/auth/two-factor/enable', { password })).body as { totpURI: string }
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    await client.enter('/api/auth/two-factor/verify-totp', { code: oneTimeCode(secret) })
    const answers: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      if (turn % 4 === 0) await client.signIn({ email, password })
      answers.push((await client.send('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status)
    }
    expect(answers.slice(0, 4)).toEqual([422, 422, 422, 422])
    expect(answers.slice(-2)).toEqual([429, 429])
  })

  test('is exported as CSV, in which nothing is a formula, and as lines of JSON', async () => {
    await boss.openStory({ headline: '=HYPERLINK("http://evil.example")' })
    const csv = await boss.send('GET', '/api/audit/export?action=story-opened')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[\d-]+\.csv"$/)
    const lines = String(csv.body).trimEnd().split('\r\n')
    expect(lines[0]).toBe('at,actor,actorId,action,subjectType,subject,subjectId,story,detail,count,lastAt')
    expect(lines[1]).toContain(`,Admin,`)
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://evil.example"")",`)
    const answer = await fetch(`${server.url}/api/audit/export?format=ndjson`, { headers: { cookie: boss.cookie } })
    const exported = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(exported).toEqual(await entries('limit=200'))
  })

  test('is for admins', async () => {
    const { client } = await joined()
    const nobody = new ApiClient(server.url)
    for (const path of ['/api/audit', '/api/audit/export']) {
      expect((await nobody.send('GET', path)).status).toBe(401)
      expect((await client.send('GET', path)).status).toBe(403)
      expect((await boss.send('GET', `${path}?day=yesterday`)).status).toBe(400)
    }
    expect((await boss.send('GET', '/api/audit?before=x')).status).toBe(400)
    expect((await boss.send('GET', '/api/audit')).headers.get('cache-control')).toBe('no-store')
  })
})
