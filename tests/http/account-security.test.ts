import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { failToStart, type RunningServer, startServer } from '../running-server.ts'
import { madePasskey } from '../soft-passkey.ts'

const password = 'a-password-of-mine'
const registration = '/api/auth/passkey/generate-register-options'

describe('the security of one’s account', () => {
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

  const invited = async () => {
    people += 1
    const email = `person-${people}@example.org`
    const { link } = (await boss.send('POST', '/api/invitations', { email, role: 'editor' })).body as { link: string }
    return { email, token: tokenIn(link) }
  }
  const joined = async () => {
    const { email, token } = await invited()
    const client = new ApiClient(server.url)
    expect((await client.enter('/api/invitations/accept', { token, name: 'Olena Koval', password })).status).toBe(200)
    const { id } = (await client.send('GET', '/api/account')).body as { id: string }
    return { client, email, id }
  }
  const resetLink = async (id: string) => ((await boss.send('POST', `/api/people/${id}/password-reset`, {})).body as { link: string }).link

  test('a common password is refused wherever one is set, and its field is named', async () => {
    const refused = (path: string) =>
      expect.objectContaining({ status: 400, issues: [{ path, message: expect.stringContaining('must not be a common password') }] })
    const { token } = await invited()
    const { client, id } = await joined()
    const reset = tokenIn(await resetLink(id))
    for (const weak of ['Password123', 'aaaaaaaaaaaa', '123456789012', 'abcdefghijkl', 'Koval-Olena-1990']) {
      const accept = { token, name: 'Olena Koval', password: weak }
      expect((await new ApiClient(server.url).send('POST', '/api/invitations/accept', accept)).body, weak).toEqual(refused('password'))
      expect((await new ApiClient(server.url).send('POST', '/api/password-resets/use', { token: reset, password: weak })).body).toEqual(
        refused('password'),
      )
      expect((await client.send('POST', '/api/account/password', { currentPassword: password, newPassword: weak })).body).toEqual(
        refused('newPassword'),
      )
    }
    expect(await failToStart({ ...(await freshSettings()), STAYTUNED_ADMIN_PASSWORD: 'Password123' })).toContain(
      'STAYTUNED_ADMIN_PASSWORD must not be a common password',
    )
  })

  const freshSettings = async () => {
    const fresh = await ownSettings(anyKind)
    onTestFinished(fresh.drop)
    return fresh.settings
  }

  /** Makes a passkey for a challenge of its own; `send` registers it. */
  const addPasskey = async (client: ApiClient, current: string, name: string) => {
    const { headers, body } = await client.send('POST', registration, { password: current })
    const { challenge } = body as { challenge: string }
    const cookie = [client.cookie, ...headers.getSetCookie().map((each) => each.split(';')[0])].join('; ')
    const response = madePasskey(challenge, server.url.replace('127.0.0.1', 'localhost'))
    return { send: () => client.send('POST', '/api/auth/passkey/verify-registration', { response, name }, { cookie }) }
  }

  test('a passkey takes the current password, which can be tried as often as elsewhere', async () => {
    const { client, email } = await joined()
    expect((await client.send('GET', registration)).body).toEqual(problem('no-such-address', 404))
    expect((await client.send('POST', registration, {})).body).toEqual(problem('invalid', 400))
    expect((await client.send('POST', registration, { password, name: 'x' })).body).toEqual(problem('invalid', 400))
    expect((await new ApiClient(server.url).send('POST', registration, { password })).body).toEqual(problem('sign-in-needed', 401))
    const elsewhere = { origin: 'https://evil.example' }
    expect((await client.send('POST', registration, { password }, elsewhere)).body).toEqual(problem('foreign-origin', 403))

    const wrong = await client.send('POST', registration, { password: 'not-my-password' })
    expect([wrong.body, wrong.headers.getSetCookie()]).toEqual([problem('wrong-password', 422), []])
    const right = await client.send('POST', registration, { password })
    expect(right.body).toMatchObject({ challenge: expect.any(String), user: { name: email } })

    // Without a challenge nothing is added, and each is good for one passkey.
    const made = { response: madePasskey('x'.repeat(43), server.url), name: 'Past the password' }
    expect((await client.send('POST', '/api/auth/passkey/verify-registration', made)).body).toMatchObject({ detail: 'Challenge not found' })
    const adding = await addPasskey(client, password, 'With the password')
    expect((await adding.send()).status).toBe(200)
    expect((await adding.send()).body).toMatchObject({ detail: 'Challenge not found' })
    expect((await client.send('GET', '/api/account')).body).toMatchObject({ passkeys: [{ name: 'With the password' }] })

    const statuses: number[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      statuses.push((await client.send('POST', registration, { password: 'not-my-password' })).status)
      statuses.push((await client.send('POST', '/api/account/password', { currentPassword: 'no', newPassword: 'my-second-password' })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    expect((await client.send('POST', registration, { password })).body).toEqual(problem('too-many', 429))
    // Signing in is counted apart: its owner isn't locked out.
    expect((await client.signIn({ email, password })).status).toBe(200)
  })

  test('a session that began 30 days ago is over with the next request, and its pages are told', async () => {
    const { client } = await joined()
    const { client: other } = await joined()
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie: client.cookie } })
    onTestFinished(() => void socket.disconnect())
    const isTold = new Promise<void>((resolve) => socket.on('session-ended', () => resolve()))
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
    const { sessions } = (await client.send('GET', '/api/account')).body as { sessions: { id: string }[] }
    const database = await openDatabase(own.settings.DATABASE_URL, own.data)
    await database.session((run) => run(`UPDATE sessions SET created_at = created_at - interval '30 days' WHERE id = $1`, [sessions[0]?.id]))
    await database.close()
    expect((await client.send('GET', '/api/account')).status).toBe(401)
    await isTold
    expect((await client.send('GET', '/api/auth/get-session')).body).toBeNull()
    expect((await other.send('GET', '/api/account')).status).toBe(200)
  })
})
