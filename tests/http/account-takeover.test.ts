import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { solid } from '../media/a-picture.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { madePasskey } from '../soft-passkey.ts'

const password = 'a-password-of-mine'
const newPassword = 'my-second-password'
const verifyCode = '/api/auth/two-factor/verify-totp'

describe('somebody who takes over an account', () => {
  let own: OwnSettings
  let server: RunningServer
  let boss: ApiClient
  let people = 0

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer(own.settings)
    boss = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const problem = (name: string, status: number) => expect.objectContaining({ type: `urn:staytuned:problem:${name}`, status })
  const tokenIn = (link: string) => link.split('/').at(-1) ?? ''

  const invited = async (role: string) => {
    people += 1
    const email = `person-${people}@example.org`
    const { link } = (await boss.send('POST', '/api/invitations', { email, role })).body as { link: string }
    return { email, name: `Person ${people}`, token: tokenIn(link) }
  }
  const joined = async (role = 'editor') => {
    const { email, name, token } = await invited(role)
    const client = new ApiClient(server.url)
    expect((await client.enter('/api/invitations/accept', { token, name, password })).status).toBe(200)
    const { id } = (await client.send('GET', '/api/account')).body as { id: string }
    return { client, email, name, id }
  }
  /** Turns two-factor on, and returns the code that was used for that and can't be used again. */
  const turnTwoFactorOn = async (client: ApiClient) => {
    const { totpURI } = (await client.send('POST', '/api/auth/two-factor/enable', { password })).body as { totpURI: string }
    const code = oneTimeCode(new URL(totpURI).searchParams.get('secret') ?? '')
    expect((await client.enter(verifyCode, { code })).status).toBe(200)
    return code
  }
  const signInsOf = async (id: string) => {
    const { entries } = (await boss.send('GET', `/api/audit?person=${id}`)).body as { entries: { action: string; detail: { count?: number } }[] }
    return entries.filter(({ action }) => action.startsWith('sign-in')).map(({ action }) => action)
  }
  const begunLongAgo = async (personId: string) => {
    const database = await openDatabase(own.settings.DATABASE_URL, own.data)
    await database.session((run) => run(`UPDATE sessions SET created_at = created_at - interval '25 hours' WHERE user_id = $1`, [personId]))
    await database.close()
  }

  test('can’t use a code a second time, whatever cookies come with it', async () => {
    const { client, email } = await joined()
    const code = await turnTwoFactorOn(client)
    const thief = new ApiClient(server.url)
    expect((await thief.signIn({ email, password })).body).toMatchObject({ twoFactorRedirect: true })
    const [name = '', value = ''] = /better-auth\.two_factor=([^;]+)/.exec(thief.cookie) ?? []
    for (const cookie of [
      name,
      `__Secure-better-auth.two_factor=x.y; ${name}`,
      `__Host-better-auth.two_factor=x.y; ${name}`,
      `better-auth.two_factor="${value}"`,
      `better-auth.two_factor = ${value}`,
      `x;better-auth.two_factor\t=${value}`,
      `better-auth.two_factor=${decodeURIComponent(value)}`,
    ]) {
      const answer = await thief.send('POST', verifyCode, { code }, { cookie })
      expect([answer.body, answer.headers.getSetCookie()], cookie).toEqual([problem('wrong-code', 422), []])
    }
  })

  test('needs a sign-in that was begun before a code counts for anybody, and forges no entry in the audit log', async () => {
    const { client, id } = await joined()
    await turnTwoFactorOn(client)
    const stranger = new ApiClient(server.url)
    const before = await signInsOf(id)
    for (const cookie of ['', 'better-auth.two_factor=used-code.x', `better-auth.two_factor=used-code.${'x'.repeat(43)}=`]) {
      for (const path of [verifyCode, '/api/auth/two-factor/verify-backup-code']) {
        expect((await stranger.send('POST', path, { code: '123456' }, { cookie })).body).toEqual(problem('sign-in-needed', 401))
      }
    }
    expect(await signInsOf(id)).toEqual(before)

    // Nor does it use up the tries at the password of somebody who has used a code.
    for (let turn = 0; turn < 12; turn += 1) {
      const answer = await stranger.send('POST', '/api/auth/two-factor/disable', { password: 'x' }, { cookie: 'better-auth.two_factor=used-code.x' })
      expect(answer.body).toEqual(problem('sign-in-needed', 401))
    }
    expect((await client.send('POST', '/api/auth/two-factor/generate-backup-codes', { password })).status).toBe(200)
  })

  const connected = async (cookie: string) => {
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie } })
    onTestFinished(() => void socket.disconnect())
    const heard: string[] = []
    socket.on('session-ended', () => heard.push('session-ended'))
    const isClosed = new Promise<string>((resolve) => socket.on('disconnect', resolve))
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
    return { heard, isClosed }
  }

  test('can’t keep a page from hearing that its session has ended by putting another cookie before its own', async () => {
    const { client, id } = await joined()
    const sockets = await Promise.all([
      connected(`__Host-better-auth.session_token=x.y; ${client.cookie}`),
      connected(client.cookie.replace(/=([^;]+)/, '="$1"')),
    ])
    expect((await boss.send('PATCH', `/api/people/${id}`, { active: false })).status).toBe(200)
    for (const { heard, isClosed } of sockets) {
      await isClosed
      expect(heard).toEqual(['session-ended'])
    }
  })

  test('loses a copy of the session’s cookie and a passkey that was begun, once the owner changes the password', async () => {
    const { client, id } = await joined()
    const copy = client.cookie
    const options = await client.send('POST', '/api/auth/passkey/generate-register-options', { password })
    const challengeCookie = options.headers.getSetCookie().map((each) => each.split(';')[0])
    const response = madePasskey((options.body as { challenge: string }).challenge, server.url.replace('127.0.0.1', 'localhost'))
    const page = await connected(copy)

    expect((await client.enter('/api/account/password', { currentPassword: password, newPassword })).status).toBe(200)
    expect(await page.isClosed).toBe('io server disconnect')
    // The owner's own page isn't told that the session has ended, because it goes on with the new one.
    expect(page.heard).toEqual([])
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ id, passkeys: [], sessions: [{ isThis: true }] })
    expect((await client.send('GET', '/api/account', undefined, { cookie: copy })).body).toEqual(problem('sign-in-needed', 401))
    for (const cookie of [copy, client.cookie]) {
      const registered = await client.send(
        'POST',
        '/api/auth/passkey/verify-registration',
        { response, name: 'A thief’s' },
        { cookie: [cookie, ...challengeCookie].join('; ') },
      )
      expect(registered.status).toBeGreaterThanOrEqual(400)
    }
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ passkeys: [] })
  })

  test('gets no further with an admin’s session: not past the second factor, and to no password', async () => {
    const { client, id } = await joined('admin')
    await turnTwoFactorOn(client)
    expect((await client.send('PATCH', `/api/people/${id}`, { hasTwoFactor: false })).body).toEqual(problem('own-account', 409))
    expect((await client.send('POST', `/api/people/${id}/password-reset`, {})).body).toEqual(problem('own-account', 409))
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ hasTwoFactor: true })

    const other = await joined()
    await turnTwoFactorOn(other.client)
    await begunLongAgo(id)
    expect((await client.send('PATCH', `/api/people/${other.id}`, { hasTwoFactor: false })).body).toEqual(problem('sign-in-too-old', 403))
    expect((await client.send('POST', `/api/people/${other.id}/password-reset`, {})).body).toEqual(problem('sign-in-too-old', 403))
    expect((await client.send('PATCH', `/api/people/${other.id}`, { role: 'contributor' })).status).toBe(200)
    expect((await boss.send('POST', `/api/people/${other.id}/password-reset`, {})).status).toBe(201)
  })

  test('has no way back in by a link that they made while they were an admin', async () => {
    for (const change of [{ active: false }, { role: 'contributor' }]) {
      const leaver = await joined('admin')
      const target = await joined('admin')
      const { link } = (await leaver.client.send('POST', `/api/people/${target.id}/password-reset`, {})).body as { link: string }
      expect((await boss.send('PATCH', `/api/people/${leaver.id}`, change)).status).toBe(200)
      const use = { token: tokenIn(link), password: 'a-leaver-sets-this' }
      expect((await new ApiClient(server.url).send('POST', '/api/password-resets/use', use)).body).toEqual(problem('link-over', 410))
      expect((await new ApiClient(server.url).signIn({ email: target.email, password })).status).toBe(200)
    }
  })

  test('can’t go by somebody else’s name, or by one that isn’t one line of text', async () => {
    const { client, name } = await joined()
    const other = await joined()
    const rename = async (wanted: string) => (await client.send('PATCH', '/api/account', { name: wanted })).body
    expect(await rename(`  ${other.name.toUpperCase().replace(' ', '\n')} `)).toEqual(problem('name-taken', 409))
    expect(await rename('Admin \u202etxt')).toEqual(problem('invalid', 400))
    expect(await rename('Admin \u0007')).toEqual(problem('invalid', 400))
    const { token } = await invited('editor')
    const accept = { token, name: name.toLowerCase(), password }
    expect((await new ApiClient(server.url).send('POST', '/api/invitations/accept', accept)).body).toEqual(problem('name-taken', 409))
    // The invitation is still good for another name.
    expect((await new ApiClient(server.url).send('POST', '/api/invitations/accept', { ...accept, name: 'Somebody Else' })).status).toBe(200)
  })

  test('can’t remove a passkey without the password', async () => {
    const { client } = await joined()
    const options = await client.send('POST', '/api/auth/passkey/generate-register-options', { password })
    const cookie = [client.cookie, ...options.headers.getSetCookie().map((each) => each.split(';')[0])].join('; ')
    const response = madePasskey((options.body as { challenge: string }).challenge, server.url.replace('127.0.0.1', 'localhost'))
    const registered = await client.send('POST', '/api/auth/passkey/verify-registration', { response, name: 'Phone' }, { cookie })
    expect(registered.status).toBe(200)
    const { id } = registered.body as { id: string }
    const remove = (fields: object) => client.send('POST', '/api/auth/passkey/delete-passkey', { id, ...fields })
    expect((await remove({})).body).toEqual(problem('invalid', 400))
    expect((await remove({ password: 'not-my-password' })).body).toEqual(problem('wrong-password', 422))
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ passkeys: [{ name: 'Phone' }] })
    expect((await remove({ password })).status).toBe(200)
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ passkeys: [] })
  })

  test('stores no pictures with the account of a guest who writes in no story', async () => {
    const { client, id } = await joined('guest')
    const file = await solid(8, 8).png().toBuffer()
    expect((await client.upload(file)).body).toEqual(problem('forbidden', 403))
    const slug = await boss.openStory()
    expect((await boss.send('PUT', `/api/stories/${slug}/people/${id}`, { role: 'contributor' })).status).toBe(204)
    expect((await client.upload(file)).status).toBe(201)
  })
})
