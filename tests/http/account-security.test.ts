import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#lib/db/open-database.ts'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { type LetterBox, openLetterBox } from '../letter-box.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { failToStart, type RunningServer, startServer } from '../running-server.ts'
import { madePasskey } from '../soft-passkey.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const password = 'a-password-of-mine'
const registration = '/api/auth/passkey/generate-register-options'

describe('the security of one’s account', () => {
  let letters: LetterBox
  let own: OwnSettings
  let settings: Record<string, string>
  let server: RunningServer
  let boss: ApiClient
  let people = 0

  beforeAll(async () => {
    letters = await openLetterBox()
    own = await ownSettings(anyKind)
    settings = { ...own.settings, STAYTUNED_SMTP_URL: letters.url, STAYTUNED_MAIL_FROM: 'The desk <desk@example.org>' }
    server = await startServer(settings)
    boss = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await letters?.close()
    await own?.drop()
  })

  const problem = (name: string, status: number) => expect.objectContaining({ type: `urn:staytuned:problem:${name}`, status })
  const tokenIn = (link: string) => link.split('/').at(-1) ?? ''

  const invited = async (box = 'person') => {
    people += 1
    const email = `${box}-${people}@example.org`
    const { link } = (await boss.send('POST', '/api/invitations', { email, role: 'editor' })).body as { link: string }
    return { email, token: tokenIn(link) }
  }
  /** Somebody who has joined and has read the letter that invited them. */
  const joined = async (box?: string) => {
    const { email, token } = await invited(box)
    const client = new ApiClient(server.url)
    expect((await client.enter('/api/invitations/accept', { token, name: `Olena Koval ${people}`, password })).status).toBe(200)
    if (box === undefined) await letters.next(email)
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

  test('its owner is told by email of each change, when it was, and what to do, with no secret in it', async () => {
    const { client, email, id } = await joined()
    const next = async () => (await letters.next(email)).text
    const secondPassword = 'my-second-password'

    const change = (fields: Record<string, unknown>) => client.send('POST', '/api/account/password', fields)
    expect((await change({ currentPassword: 'wrong', newPassword: secondPassword })).status).toBe(422)
    const before = new Date()
    const changed = await client.enter('/api/account/password', { currentPassword: password, newPassword: secondPassword })
    expect([changed.status, changed.body]).toEqual([200, null])
    const first = await next()
    expect(first).toContain('Hello Olena Koval')
    expect(first).toContain('Your password was changed.')
    expect(first).not.toContain('passkey was')
    expect(first).toContain(new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(before))
    expect(first).toContain('If you didn’t')
    expect(first).toContain(`${server.url.replace('127.0.0.1', 'localhost')}/admin/sign-in/forgot`)
    for (const secret of [password, secondPassword, ...client.cookie.split(/[=;.]/).filter((part) => part.length > 20)])
      expect(first).not.toContain(secret)

    expect((await (await addPasskey(client, secondPassword, 'Laptop')).send()).status).toBe(200)
    expect(await next()).toContain('A passkey was added.')
    const [passkey] = ((await client.send('GET', '/api/account')).body as { passkeys: { id: string }[] }).passkeys
    expect((await client.send('POST', '/api/auth/passkey/update-passkey', { id: passkey?.id, name: 'Old laptop' })).status).toBe(200)
    expect((await client.send('POST', '/api/auth/passkey/delete-passkey', { id: passkey?.id, password: secondPassword })).status).toBe(200)
    expect(await next()).toContain('passkeys were removed.')
    expect((await (await addPasskey(client, secondPassword, 'Phone')).send()).status).toBe(200)
    expect(await next()).toContain('A passkey was added.')

    const begun = await client.send('POST', '/api/auth/two-factor/enable', { password: secondPassword })
    const { totpURI } = begun.body as { totpURI: string }
    const code = oneTimeCode(new URL(totpURI).searchParams.get('secret') ?? '')
    expect((await client.enter('/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
    expect(await next()).toContain('Two-factor was turned on.')
    expect((await boss.send('PATCH', `/api/people/${id}`, { hasTwoFactor: false, name: 'Olena K.' })).status).toBe(200)
    expect(await next()).toContain('Two-factor was turned off.')
    // Not of what opens nothing.
    expect((await boss.send('PATCH', `/api/people/${id}`, { name: 'Olena Koval' })).status).toBe(200)

    const token = tokenIn(await resetLink(id))
    expect(await next()).toContain(token)
    const reset = await new ApiClient(server.url).send('POST', '/api/password-resets/use', { token, password: 'a-third-one-by-link' })
    expect([reset.status, reset.body]).toEqual([200, null])
    const last = await next()
    expect(last).toMatch(/- Your password was reset\.\r?\n- One or more passkeys were removed\./)
    expect(last).not.toContain(token)
  })

  test('is changed all the same if the owner’s mail server takes no letters', async () => {
    const { client, email } = await joined('refused')
    const changed = await client.send('POST', '/api/account/password', { currentPassword: password, newPassword: 'my-second-password' })
    expect(changed.status).toBe(200)
    expect((await client.signIn({ email, password: 'my-second-password' })).status).toBe(200)
  })

  test('a session that began 30 days ago is over with the next request, and its pages are told', async () => {
    const { client } = await joined()
    const { client: other } = await joined()
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie: client.cookie } })
    onTestFinished(() => void socket.disconnect())
    const isTold = new Promise<void>((resolve) => socket.on('session-ended', () => resolve()))
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
    const { sessions } = (await client.send('GET', '/api/account')).body as { sessions: { id: string }[] }
    const database = await openDatabase(settings.DATABASE_URL, own.data)
    await database.session((run) => run(`UPDATE sessions SET created_at = created_at - interval '30 days' WHERE id = $1`, [sessions[0]?.id]))
    await database.close()
    expect((await client.send('GET', '/api/account')).status).toBe(401)
    await isTold
    expect((await client.send('GET', '/api/auth/get-session')).body).toBeNull()
    expect((await other.send('GET', '/api/account')).status).toBe(200)
  })
})

test('the command that resets a password tells its owner by email', async () => {
  const letters = await openLetterBox()
  const { settings, drop } = await ownSettings(anyKind)
  onTestFinished(async () => {
    await letters.close()
    await drop()
  })
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['lib/cli/run.js', 'accounts', ...args], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: '',
        PUBLIC_URL: 'https://live.example.org',
        STAYTUNED_SMTP_URL: letters.url,
        STAYTUNED_MAIL_FROM: 'desk@example.org',
        ...settings,
      },
    })
  await run('add', 'ann@example.org', '--name', 'Ann')
  await run('add', 'refused@example.org')
  const { stdout } = await run('reset', 'ann@example.org')
  const { text } = await letters.next('ann@example.org')
  expect(text).toContain('Your password was reset.')
  expect(text).toContain('https://live.example.org/admin/sign-in/forgot')
  expect(text).not.toContain(/password (\S+)/.exec(stdout)?.[1])
  const refused = await run('reset', 'refused@example.org')
  expect(refused.stderr).toContain('could not be sent')
  expect(refused.stdout).toContain('signs in with the password')
})
