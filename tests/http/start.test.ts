import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { ownSettings } from '../own-settings.ts'
import { failToStart, startServer } from '../running-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'staytuned-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function accounts(settings: Readonly<Record<string, string>>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['lib/cli/run.js', 'accounts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '', ...settings },
  })
  return { status, said: stdout + stderr }
}

/** What it printed of the first admin. */
const signInOf = (said: string) => /Sign in as (\S+) with the password (\S+)/.exec(said)
const nobodyNamed = { STAYTUNED_ADMIN_EMAIL: '', STAYTUNED_ADMIN_PASSWORD: '' }

test('the first start prints a password, the next one doesn’t, and a command keeps away while it runs', async () => {
  const settings = { ...nobodyNamed, STAYTUNED_DATA: folder() }
  const first = await startServer(settings)
  onTestFinished(() => first.kill())
  await expect.poll(() => first.output()).toMatch(/Sign in as/)
  const [, email = '', password = ''] = signInOf(first.output()) ?? []
  await (await ApiClient.signedIn(first.url, { email, password })).openStory()
  expect(accounts(settings, 'list')).toMatchObject({ status: 1, said: expect.stringContaining('in use by process') })
  expect(await first.stop()).toBe(0)

  const second = await startServer(settings)
  onTestFinished(() => second.kill())
  expect(signInOf(second.output())).toBeNull()
  await ApiClient.signedIn(second.url, { email, password })
})

test('whom a command adds can sign in, and nobody with a password that it replaced', async () => {
  const { settings, drop } = await ownSettings(anyKind)
  onTestFinished(drop)
  const added = accounts(settings, 'add', 'Ann@Example.org', '--role', 'contributor', '--name', 'Desk two')
  expect(added).toMatchObject({ status: 0 })
  expect(accounts(settings, 'add', 'ann@example.org')).toMatchObject({ status: 1, said: expect.stringContaining('already') })
  expect(accounts(settings, 'add', 'no-address')).toMatchObject({ status: 1, said: expect.stringContaining('Usage') })
  expect(accounts(settings, 'add', 'bob@example.org', '--role', 'king')).toMatchObject({
    status: 1,
    said: expect.stringContaining('--role must be'),
  })
  const reset = accounts(settings, 'reset', 'ann@example.org')
  expect(accounts(settings, 'list').said).toMatch(/ann@example\.org\s+contributor\s+Desk two/)

  const server = await startServer(settings)
  onTestFinished(() => server.kill())
  const [before, after] = [added, reset].map(({ said }) => /password (\S+)/.exec(said)?.[1] ?? '')
  expect((await new ApiClient(server.url).signIn({ email: 'ann@example.org', password: before ?? '' })).status).toBe(401)
  const contributor = await ApiClient.signedIn(server.url, { email: 'ann@example.org', password: after ?? '' })
  expect((await contributor.send('POST', '/api/stories', { headline: 'Mine' })).body).toMatchObject({
    status: 403,
    type: 'urn:staytuned:problem:forbidden',
  })
})

test('a wrong setting stops the start with its name and what it should be', async () => {
  const said = await failToStart({
    PORT: 'eighty',
    PUBLIC_URL: 'live.example.org',
    STAYTUNED_ROLE: 'web',
    STAYTUNED_ADMIN_PASSWORD: 'short',
    STAYTUNED_METRICS_TOKEN: 'short',
  })
  expect(said).toContain('PORT must be a port number from 0 to 65535')
  expect(said).toContain('PUBLIC_URL must be the http or https address that readers type')
  expect(said).toContain('STAYTUNED_ADMIN_PASSWORD must be at least 10 characters')
  expect(said).toContain('STAYTUNED_METRICS_TOKEN must be at least 32 characters')
  expect(await failToStart({ STAYTUNED_ROLE: 'live' })).toContain('STAYTUNED_ROLE must be all unless DATABASE_URL names a server')
  expect(await failToStart({ STAYTUNED_SMTP_URL: 'https://mail.example.org', STAYTUNED_MAIL_FROM: 'nobody' })).toMatch(
    /STAYTUNED_SMTP_URL must be an smtp.* address\s+STAYTUNED_MAIL_FROM must be the address/,
  )
  expect(await failToStart({ STAYTUNED_SMTP_URL: 'smtp://mail.example.org' })).toContain('STAYTUNED_MAIL_FROM go together')
})

test.each(['file', 'file/data'])('a data folder that can’t be used is said to be: %s', async (name) => {
  const place = folder()
  writeFileSync(join(place, 'file'), 'x')
  const data = join(place, name)
  const said = await failToStart({ STAYTUNED_DATA: data })
  expect(said).toContain(`Nothing can be kept in the data folder ${data}`)
  expect(said).not.toContain('    at ')
})

test('one that the system lets nobody write to too', async () => {
  expect(await failToStart({ STAYTUNED_DATA: '/proc/staytuned' })).toContain('Nothing can be kept in the data folder /proc/staytuned')
})

test('a start after kill -9 goes on at once, also if another program has its number by now', async () => {
  const { settings, data, drop } = await ownSettings('embedded')
  onTestFinished(drop)
  const first = await startServer(settings)
  await first.kill()
  // This very process, which is alive and has nothing to do with it.
  writeFileSync(join(data, 'lock'), String(process.pid))
  const second = await startServer(settings)
  onTestFinished(() => second.kill())
  expect(await failToStart(settings)).toContain(`in use by process ${second.pid}`)
})

test('a port that is taken is said to be', async () => {
  const server = createServer().listen(0)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { settings, drop } = await ownSettings(anyKind)
  onTestFinished(drop)
  expect(await failToStart({ ...settings, PORT: String(port) })).toContain(`Port ${port} is taken`)
})
