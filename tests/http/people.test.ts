import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { type LetterBox, openLetterBox } from '../letter-box.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

const password = 'a-password-of-mine'
const tokenIn = (link: string) => link.split('/').at(-1) ?? ''

describe.each([anyKind])('people by the HTTP API on the %s database', (kind) => {
  let letters: LetterBox
  let settings: Record<string, string>
  let server: RunningServer
  let boss: ApiClient
  let nobody: ApiClient
  let own: OwnSettings
  let people = 0

  beforeAll(async () => {
    letters = await openLetterBox()
    own = await ownSettings(kind)
    settings = { ...own.settings, STAYTUNED_SMTP_URL: letters.url, STAYTUNED_MAIL_FROM: 'The desk <desk@example.org>' }
    server = await startServer(settings)
    boss = await ApiClient.signedIn(server.url)
    nobody = new ApiClient(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await letters?.close()
    await own?.drop()
  })

  const problem = (name: string, status: number) => expect.objectContaining({ type: `urn:staytuned:problem:${name}`, status })

  const invited = async (fields: Record<string, unknown> = {}) => {
    people += 1
    const email = `person-${people}@example.org`
    const answer = await boss.send('POST', '/api/invitations', { email, role: 'editor', ...fields })
    expect(answer.status).toBe(201)
    const { link, invitation, mailed } = answer.body as { link: string; mailed: boolean; invitation: { id: string } }
    return { email, link, mailed, id: invitation.id, token: tokenIn(link) }
  }

  /** Somebody who has just joined, with their session. */
  const joined = async (role = 'editor') => {
    const { email, token } = await invited({ role })
    const client = new ApiClient(server.url)
    const answer = await client.enter('/api/invitations/accept', { token, name: `Ann Author ${people}`, password })
    expect(answer.status).toBe(200)
    const { id } = (await client.send('GET', '/api/account')).body as { id: string }
    return { client, email, id }
  }

  test('somebody is invited by mail, joins, and is signed in', async () => {
    const { email, link, mailed, id, token } = await invited()
    expect(mailed).toBe(true)
    expect((await letters.next(email)).text).toContain(link)
    expect((await boss.send('GET', '/api/invitations')).body).toMatchObject({ invitations: [{ id, email, invitedBy: 'Admin', role: 'editor' }] })
    expect(JSON.stringify((await boss.send('GET', '/api/invitations')).body)).not.toContain(token)

    const client = new ApiClient(server.url)
    const accept = { token, name: 'Ann Author', password }
    expect((await client.send('POST', '/api/invitations/accept', { ...accept, password: 'short' })).body).toMatchObject({
      status: 400,
      issues: [{ path: 'password' }],
    })
    expect((await client.enter('/api/invitations/accept', accept)).status).toBe(200)
    expect((await client.send('GET', '/api/account')).body).toMatchObject({
      name: 'Ann Author',
      email,
      role: 'editor',
      hasTwoFactor: false,
      passkeys: [],
      sessions: [{ isThis: true }],
    })
    expect((await client.send('POST', '/api/stories', { headline: 'Hers' })).status).toBe(201)
    expect((await client.send('POST', '/api/invitations/accept', accept)).body).toEqual(problem('link-over', 410))
    expect((await boss.send('GET', '/api/people')).body).toMatchObject({
      people: expect.arrayContaining([expect.objectContaining({ email, role: 'editor', deactivatedAt: null, passkeys: 0 })]),
    })
  })

  test('only admins see people, and pages of other sites change nothing', async () => {
    const { client, id } = await joined()
    const { token } = await invited()
    for (const path of ['/api/people', '/api/invitations']) {
      expect((await nobody.send('GET', path)).body).toEqual(problem('sign-in-needed', 401))
      expect((await client.send('GET', path)).body).toEqual(problem('forbidden', 403))
      expect((await boss.send('GET', path)).headers.get('cache-control')).toBe('no-store')
    }
    expect((await client.send('PATCH', `/api/people/${id}`, { role: 'admin' })).body).toEqual(problem('forbidden', 403))
    expect((await client.send('POST', `/api/people/${id}/password-reset`, {})).body).toEqual(problem('forbidden', 403))
    const elsewhere = { origin: 'https://evil.example' }
    expect((await boss.send('PATCH', `/api/people/${id}`, { role: 'admin' }, elsewhere)).body).toEqual(problem('foreign-origin', 403))
    for (const [path, body] of [
      ['/api/invitations/accept', { token, name: 'Eve', password }],
      ['/api/password-resets', { email: admin.email }],
      ['/api/password-resets/use', { token, password }],
    ] as const) {
      expect((await nobody.send('POST', path, body, elsewhere)).body).toEqual(problem('foreign-origin', 403))
    }
    expect((await boss.send('PATCH', `/api/people/${id}`, {})).body).toEqual(problem('invalid', 400))
    expect((await boss.send('PATCH', '/api/people/nobody', { role: 'editor' })).body).toEqual(problem('no-such-person', 404))
  })

  test('a deactivated person is out at once, is told so when signing in, and can be let in again', async () => {
    const { client, email, id } = await joined()
    expect((await client.send('GET', '/api/account')).status).toBe(200)
    expect((await boss.send('PATCH', `/api/people/${id}`, { active: false })).status).toBe(200)
    expect((await client.send('GET', '/api/account')).status).toBe(401)
    expect((await client.send('POST', '/api/stories', { headline: 'No more' })).status).toBe(401)
    // The browser isn't told to forget a cookie that may be another's by the time it hears of it.
    const asked = await client.send('GET', '/api/auth/get-session')
    expect([asked.status, asked.headers.getSetCookie()]).toEqual([200, []])
    expect((await client.signIn({ email, password })).body).toEqual(problem('deactivated', 403))
    // Somebody who doesn't know the password learns nothing.
    expect((await client.signIn({ email, password: 'not-the-password' })).body).toEqual(problem('sign-in-needed', 401))
    expect((await boss.send('POST', `/api/people/${id}/password-reset`, {})).body).toEqual(problem('person-deactivated', 409))
    expect((await boss.send('PATCH', `/api/people/${id}`, { active: true })).status).toBe(200)
    expect((await client.signIn({ email, password })).status).toBe(200)
  })

  test('the pages of a deactivated person are told by their sockets, in whichever process, and nobody else’s are', async () => {
    const { client, id } = await joined()
    const { client: other } = await joined()
    const servers = [server]
    if (settings.DATABASE_URL) {
      const second = await startServer(settings)
      onTestFinished(async () => {
        await second.stop()
      })
      servers.push(second)
    }
    const socketOf = async (url: string, cookie: string) => {
      const socket = io(url, { path: '/socket.io/', transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie } })
      onTestFinished(() => void socket.disconnect())
      const heard: string[] = []
      socket.on('session-ended', () => heard.push('session-ended'))
      const isClosed = new Promise<string>((resolve) => socket.on('disconnect', resolve))
      await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
      return { socket, heard, isClosed }
    }
    const theirs = await Promise.all(servers.map(({ url }) => socketOf(url, client.cookie)))
    const others = await Promise.all(servers.flatMap(({ url }) => [socketOf(url, other.cookie), socketOf(url, '')]))
    expect((await boss.send('PATCH', `/api/people/${id}`, { active: false })).status).toBe(200)
    for (const { isClosed, heard } of theirs) {
      expect(await isClosed).toBe('io server disconnect')
      expect(heard).toEqual(['session-ended'])
    }
    for (const { socket, heard } of others) expect([socket.connected, heard]).toEqual([true, []])
  })

  test('nobody deactivates themself, and the last admin stays one', async () => {
    const { id } = (await boss.send('GET', '/api/account')).body as { id: string }
    expect((await boss.send('PATCH', `/api/people/${id}`, { active: false })).body).toEqual(problem('not-yourself', 409))
    expect((await boss.send('PATCH', `/api/people/${id}`, { role: 'editor' })).body).toEqual(problem('last-admin', 409))
  })

  test('a link from an admin sets a password once, and ends every session', async () => {
    const { client, email, id } = await joined()
    const made = (await boss.send('POST', `/api/people/${id}/password-reset`, {})).body as { link: string; mailed: boolean }
    expect(made.mailed).toBe(true)
    const use = { token: tokenIn(made.link), password: 'quite-another-password' }
    expect((await nobody.send('POST', '/api/password-resets/use', use)).status).toBe(200)
    expect((await nobody.send('POST', '/api/password-resets/use', use)).body).toEqual(problem('link-over', 410))
    expect((await client.send('GET', '/api/account')).status).toBe(401)
    expect((await client.signIn({ email, password })).status).toBe(401)
    expect((await client.signIn({ email, password: use.password })).status).toBe(200)
  })

  test('whoever has forgotten the password gets a letter, and nobody learns who has an account', async () => {
    const { email } = await joined()
    await letters.next(email)
    const asked = await nobody.send('POST', '/api/password-resets', { email })
    const strange = await nobody.send('POST', '/api/password-resets', { email: 'stranger@example.org' })
    expect([asked.status, strange.status]).toEqual([202, 202])
    expect(strange.body).toEqual(asked.body)
    const link = /http\S+\/admin\/reset\/\S+/.exec((await letters.next(email)).text)?.[0] ?? ''
    expect((await nobody.send('POST', '/api/password-resets/use', { token: tokenIn(link), password: 'a-new-one-by-mail' })).status).toBe(200)
    for (let turn = 0; turn < 9; turn += 1) await nobody.send('POST', '/api/password-resets', { email })
    expect((await nobody.send('POST', '/api/password-resets', { email })).body).toEqual(problem('too-many', 429))
  })

  test('an admin turns off the two-factor of somebody who has lost the phone, and can’t turn it on', async () => {
    const { client, email, id } = await joined()
    const { totpURI } = (await client.send('POST', '/api/auth/two-factor/enable', { password })).body as { totpURI: string }
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    expect((await client.enter('/api/auth/two-factor/verify-totp', { code: oneTimeCode(secret) })).status).toBe(200)
    expect((await client.signIn({ email, password })).body).toMatchObject({ twoFactorRedirect: true })
    expect((await boss.send('PATCH', `/api/people/${id}`, { hasTwoFactor: true })).body).toEqual(problem('invalid', 400))
    expect((await boss.send('PATCH', `/api/people/${id}`, { hasTwoFactor: false })).status).toBe(200)
    expect((await client.signIn({ email, password })).body).toMatchObject({ user: { email } })
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ hasTwoFactor: false })
  })

  test('everybody changes their own name and password, and ends their own sessions', async () => {
    const { client, email } = await joined('contributor')
    const other = await ApiClient.signedIn(server.url, { email, password })
    const third = await ApiClient.signedIn(server.url, { email, password })
    type Sessions = { sessions: { id: string; isThis: boolean }[] }
    const otherId = ((await other.send('GET', '/api/account')).body as Sessions).sessions.find(({ isThis }) => isThis)?.id
    expect((await client.send('DELETE', `/api/account/sessions/${otherId}`)).status).toBe(204)
    expect((await client.send('DELETE', `/api/account/sessions/${otherId}`)).body).toEqual(problem('no-such-session', 404))
    expect((await other.send('GET', '/api/account')).status).toBe(401)
    const bosses = ((await boss.send('GET', '/api/account')).body as Sessions).sessions[0]?.id
    expect((await client.send('DELETE', `/api/account/sessions/${bosses}`)).status).toBe(404)
    expect((await client.send('DELETE', '/api/account/sessions')).status).toBe(204)
    expect((await third.send('GET', '/api/account')).status).toBe(401)
    expect((await client.send('PATCH', '/api/account', { name: 'Ann Other' })).status).toBe(200)
    const change = (currentPassword: string) => ['/api/account/password', { currentPassword, newPassword: 'my-second-password' }] as const
    expect((await client.send('POST', ...change('wrong-password'))).body).toEqual(problem('wrong-password', 422))
    expect((await client.enter(...change(password))).status).toBe(200)
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ name: 'Ann Other' })
    expect((await other.signIn({ email, password: 'my-second-password' })).status).toBe(200)
  })

  test('what of the accounts library isn’t ours isn’t there', async () => {
    const { client } = await joined()
    for (const path of ['update-user', 'change-password', 'list-sessions', 'revoke-sessions', 'change-email', 'delete-user', 'sign-up/email']) {
      expect((await client.send('POST', `/api/auth/${path}`, {})).body, path).toEqual(problem('no-such-address', 404))
    }
  })
})
