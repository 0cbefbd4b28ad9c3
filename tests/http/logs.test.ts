import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind, databaseKinds, makeServerDatabase } from '../databases.ts'
import { type LetterBox, openLetterBox } from '../letter-box.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

type Line = { readonly level: number; readonly msg: string } & Record<string, unknown>

/** What a server has logged, without what it prints for whoever starts it. */
function linesOf(server: RunningServer): Line[] {
  return server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

const logged = async (server: RunningServer, wanted: Record<string, unknown>) => {
  await expect.poll(() => linesOf(server)).toContainEqual(expect.objectContaining(wanted))
}

describe.each([anyKind])('the log of a process on the %s database', (kind) => {
  let letters: LetterBox
  let own: OwnSettings
  let server: RunningServer

  beforeAll(async () => {
    letters = await openLetterBox()
    own = await ownSettings(kind)
    server = await startServer({
      ...own.settings,
      STAYTUNED_LOG: 'debug',
      STAYTUNED_PROXIES: '1',
      STAYTUNED_SMTP_URL: letters.url,
      STAYTUNED_MAIL_FROM: 'The desk <desk@example.org>',
    })
  })
  afterAll(async () => {
    await server?.stop()
    await letters?.close()
    await own?.drop()
  })

  test('says what was asked and how it was answered, and nothing of who asked', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' }
    const nobody = new ApiClient(server.url)
    for (const email of [admin.email, 'stranger-1@example.org']) {
      const tried = await nobody.send('POST', '/api/auth/sign-in/email', { email, password: 'wrong-password-tried' }, from)
      expect(tried.status).toBe(401)
    }
    const boss = await ApiClient.signedIn(server.url)
    const slug = await boss.openStory()
    expect((await boss.publish(slug, 'A sentence that is not the log’s to keep.')).status).toBe(201)
    const invited = await boss.send('POST', '/api/invitations', { email: 'invited-1@example.org', role: 'editor', name: 'Irene Invited' }, from)
    const { link } = invited.body as { link: string }
    const token = link.split('/').at(-1) ?? ''
    expect(token.length).toBeGreaterThan(20)
    await letters.next('invited-1@example.org')
    const opened = await nobody.send('GET', `/admin/invitation/${token}?from=a-letter`, undefined, from)
    expect([opened.status, opened.body]).toEqual([200, expect.stringContaining('Irene Invited')])
    // What the mail server says of it names the address.
    const refused = await boss.send('POST', '/api/invitations', { email: 'refused-1@example.org', role: 'editor' })
    expect([refused.status, refused.body]).toEqual([201, expect.objectContaining({ mailed: false })])
    const guest = new ApiClient(server.url)
    const joined = { token, name: 'Irene Joined', password: 'a-password-of-hers' }
    expect((await guest.enter('/api/invitations/accept', joined)).status).toBe(200)
    expect((await nobody.send('POST', '/api/invitations/accept', joined)).status).toBe(410)
    const asked = await nobody.send('POST', '/api/password-resets', { email: 'invited-1@example.org' }, from)
    expect(asked.status).toBe(202)
    const reset = /\/admin\/reset\/([\w-]+)/.exec((await letters.next('invited-1@example.org')).text)?.[1] ?? ''
    expect(reset.length).toBeGreaterThan(20)
    await nobody.send('GET', `/admin/reset/${reset}`)
    await nobody.send('GET', '/api/people/someone@example.org?email=else@example.org', undefined, from)

    await logged(server, { method: 'POST', path: '/api/auth/sign-in/email', status: 401, ms: expect.any(Number), request: expect.any(String) })
    await logged(server, { method: 'POST', path: `/api/stories/${slug}/updates`, status: 201 })
    await logged(server, { method: 'GET', path: '/admin/invitation/*', status: 200 })
    await logged(server, { method: 'GET', path: '/admin/reset/*' })
    await logged(server, { method: 'GET', path: '/api/people/*' })
    const said = expect.objectContaining({ message: expect.stringContaining('<[address]>: nobody here has this address') })
    await logged(server, { level: 50, msg: 'sending mail failed', err: said })
    const cookies = [boss, guest].flatMap(({ cookie }) => cookie.split('; ').map((each) => each.split('=')[1] ?? ''))
    expect(cookies.length).toBeGreaterThanOrEqual(2)
    const secrets = [
      ...[admin.email, 'stranger-1', 'invited-1', 'refused-1', 'someone', 'else@example.org'],
      ...[admin.password, 'wrong-password-tried', 'a-password-of-hers', token, reset, ...cookies, ...cookies.map(decodeURIComponent)],
      ...['Irene', 'a-letter', 'not the log', '203.0.113.77'],
    ]
    for (const secret of secrets) expect(server.output(), secret).not.toContain(secret)
  })

  test('names each request as its answer does: as our proxy has, or by a name of its own', async () => {
    const ask = async (id?: string) => (await fetch(`${server.url}/api/health`, { headers: id === undefined ? {} : { 'x-request-id': id } })).headers
    const made = (await ask()).get('x-request-id') ?? ''
    expect(made).toMatch(/^[\da-f-]{36}$/)
    expect((await ask()).get('x-request-id')).not.toBe(made)
    await logged(server, { request: made, path: '/api/health', status: 200 })

    const given = 'f3b1a11c9e0a47c1'
    expect((await ask(given)).get('x-request-id')).toBe(given)
    await logged(server, { request: given, path: '/api/health', status: 200 })
    for (const strange of ['short', 'ann@example.org', 'x'.repeat(65), 'with "quotes" in it']) {
      expect((await ask(strange)).get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    }
  })
})

// Only a server can be taken away from under a process.
describe.each(databaseKinds.filter((kind) => kind === 'server'))('without its %s database', (_) => {
  test('what failed is found in the log by what the answer says', async () => {
    const own = await ownSettings('embedded')
    const database = await makeServerDatabase()
    onTestFinished(() => own.drop())
    const server = await startServer({ ...own.settings, DATABASE_URL: database.url, STAYTUNED_LOG: 'info' })
    onTestFinished(() => server.kill())
    // It has no proxy, so that nobody else names its requests.
    const ask = async (path: string) => fetch(server.url + path, { headers: { 'x-request-id': 'somebodys-own-name' } })
    expect((await ask('/')).status).toBe(200)
    await database.drop()

    const answer = await ask('/api/stories')
    const id = answer.headers.get('x-request-id')
    expect(id).toMatch(/^[\da-f-]{36}$/)
    expect([answer.status, await answer.json()]).toEqual([500, expect.objectContaining({ type: 'urn:staytuned:problem:failed', requestId: id })])
    await logged(server, {
      level: 50,
      request: id,
      msg: 'request failed',
      path: '/api/stories',
      err: expect.objectContaining({ stack: expect.any(String) }),
    })
    await logged(server, { level: 40, request: id, msg: 'request answered', status: 500 })

    const page = await ask('/stories/bridge')
    expect(page.status).toBe(500)
    await logged(server, { level: 50, request: page.headers.get('x-request-id'), msg: 'request failed', path: '/stories/[slug]' })
    expect(linesOf(server).filter(({ status }) => status === 200)).toEqual([])
  })
})
