import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { oneTimeCode } from '../one-time-code.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

describe('somebody who wants in', () => {
  let own: OwnSettings
  let server: RunningServer

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer(own.settings)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const problem = (name: string, status: number) => ({ status, body: expect.objectContaining({ type: `urn:staytuned:problem:${name}` }) })

  test.each([
    ['application/x-www-form-urlencoded', `email=${encodeURIComponent(admin.email)}&password=${admin.password}`],
    ['multipart/form-data; boundary=x', `--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n${admin.email}\r\n--x--\r\n`],
    ['text/plain', JSON.stringify(admin)],
    ['', JSON.stringify(admin)],
    // To one reader JSON with a decoy, to another a form with the real thing.
    ['application/x-www-form-urlencoded', `{"email":"decoy@example.org","password":"x","a":"&email=${admin.email}&password=${admin.password}&"}`],
  ])('is heard in JSON alone, and not as %j', async (type, body) => {
    const stranger = new ApiClient(server.url)
    for (const path of ['/api/auth/sign-in/email', '/api/auth/two-factor/enable', '/api/auth/passkey/verify-authentication']) {
      expect(await stranger.send('POST', path, body, { 'content-type': type })).toMatchObject(problem('not-a-json-type', 415))
    }
  })

  test.each([
    ['one more field', { ...admin, trustDevice: true }],
    ['a place to go on to', { ...admin, callbackURL: 'https://evil.example' }],
    ['an address that is no text', { ...admin, email: { $ne: '' } }],
    ['an address of 15,000 letters', { ...admin, email: `${'x'.repeat(15_000)}@example.org` }],
    ['a NUL in the address', { ...admin, email: 'admin\0@example.org' }],
  ])('with %s is told what is wrong', async (_, body) => {
    expect(await new ApiClient(server.url).send('POST', '/api/auth/sign-in/email', body)).toMatchObject(problem('invalid', 400))
  })

  test('has each code from an app once, however many ask with it at the same time, and no way to be asked for none', async () => {
    const owner = await ApiClient.signedIn(server.url)
    const { totpURI } = (await owner.send('POST', '/api/auth/two-factor/enable', { password: admin.password })).body as { totpURI: string }
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    const code = oneTimeCode(secret)
    const enter = (client: ApiClient, body: unknown) => client.enter('/api/auth/two-factor/verify-totp', body)
    expect((await enter(owner, { code })).status).toBe(200)

    const asked = async () => {
      const client = new ApiClient(server.url)
      expect((await client.signIn(admin)).body).toMatchObject({ twoFactorRedirect: true })
      return client
    }
    const [first, second, third] = [await asked(), await asked(), await asked()]
    expect(await first.send('POST', '/api/auth/two-factor/verify-totp', { code })).toMatchObject(problem('wrong-code', 422))

    // The next one counts already.
    const next = oneTimeCode(secret, Date.now() + 30_000)
    expect(await first.send('POST', '/api/auth/two-factor/verify-totp', { code: next, trustDevice: true })).toMatchObject(problem('invalid', 400))
    const answers = await Promise.all([first, second, third].map((client) => client.send('POST', '/api/auth/two-factor/verify-totp', { code: next })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
    expect((await asked()).cookie).not.toMatch(/session_token=[^;]/)
  })
})
