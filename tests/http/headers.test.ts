import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { freePort } from '../free-port.ts'
import { solid } from '../media/a-picture.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

const publicUrl = 'https://live.example.org'

describe('a site that readers reach by https', () => {
  let own: OwnSettings
  let server: RunningServer
  let editor: ApiClient
  let slug = ''

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    const port = await freePort()
    const settings = { PORT: String(port), PUBLIC_URL: publicUrl, STAYTUNED_SECURITY_CONTACT: 'mailto:security@example.org' }
    server = await startServer({ ...own.settings, ...settings })
    // As the proxy does that has the certificate.
    editor = await ApiClient.signedIn(`http://127.0.0.1:${port}`)
    slug = await editor.openStory()
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const policyOf = async (path: string) => (await editor.send('GET', path)).headers.get('cross-origin-resource-policy')

  test('lets no other site load its pages, scripts and API, whether they exist or not', async () => {
    const html = String((await new ApiClient(editor.url).send('GET', `/stories/${slug}`)).body)
    const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0] ?? ''
    expect(script).not.toBe('')
    const found = ['/', `/stories/${slug}`, '/admin', '/admin/sign-in', script, '/sw.js', '/favicon.svg', `/api/stories/${slug}`, '/api/openapi.json']
    const missing = ['/stories/no-such-story', '/nothing-here', '/api/nothing', '/_next/static/nothing.js', '/_next/image', '/api/stories/%00']
    for (const path of [...found, ...missing]) expect([path, await policyOf(path)]).toEqual([path, 'same-origin'])
    for (const path of ['/', `/stories/${slug}`, '/admin', '/admin/sign-in', '/nothing-here']) {
      expect([path, (await editor.send('GET', path)).headers.get('cross-origin-opener-policy')]).toEqual([path, 'same-origin'])
    }
  })

  test('lets other sites show its pictures', async () => {
    const { body } = await editor.upload(await solid(800, 600).jpeg().toBuffer())
    const { id } = body as { id: string }
    const response = await fetch(`${editor.url}/media/${id}/640.jpg`)
    expect([response.status, response.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin'])
  })

  test('gives each cookie a name that binds it to this host, and signs in and out with it', async () => {
    const answer = await new ApiClient(editor.url).signIn(admin)
    const cookies = answer.headers.getSetCookie()
    expect(cookies.some((cookie) => cookie.startsWith('__Host-better-auth.session_token='))).toBe(true)
    const passkey = await editor.send('GET', '/api/auth/passkey/generate-authenticate-options')
    for (const cookie of [...cookies, ...passkey.headers.getSetCookie()]) {
      expect(cookie).toMatch(/^__Host-/)
      expect(cookie).toMatch(/; Secure/)
      expect(cookie).toMatch(/; Path=\/(;|$)/)
      expect(cookie).not.toMatch(/Domain/)
    }
    const own = await ApiClient.signedIn(editor.url)
    expect((await own.send('GET', '/api/account')).status).toBe(200)
    // A page of a subdomain could set a cookie without the prefix.
    const planted = { cookie: own.cookie.replaceAll('__Host-', '') }
    expect((await new ApiClient(editor.url).send('GET', '/api/account', undefined, planted)).status).toBe(401)
    expect(
      (await new ApiClient(editor.url).send('GET', '/api/account', undefined, { cookie: own.cookie.replaceAll('__Host-', '__Secure-') })).status,
    ).toBe(401)
    expect((await own.send('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect((await own.send('GET', '/api/account')).status).toBe(401)
    expect((await editor.send('GET', '/api/openapi.json')).body).toMatchObject({
      components: { securitySchemes: { session: { name: '__Host-better-auth.session_token' } } },
    })
  })

  test('says where to report a hole', async () => {
    const { status, headers, body } = await editor.send('GET', '/.well-known/security.txt')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    const fields = Object.fromEntries(
      String(body)
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/: (.*)/s, 2)),
    )
    expect(fields).toMatchObject({ Contact: 'mailto:security@example.org', Canonical: `${publicUrl}/.well-known/security.txt` })
    const days = (Date.parse(fields.Expires ?? '') - Date.now()) / (24 * 3600_000)
    expect(days).toBeGreaterThan(30)
    expect(days).toBeLessThan(365)
  })

  // What Next would offer beside our pages.
  test.each([
    '/_next/image?url=%2Ffavicon.svg&w=640&q=75',
    '/_next/data/build/index.json',
    '/_next/webpack-hmr',
    '/_next/mcp',
    '/_next/server/pages-manifest.json',
    '/_next/static/../server/pages-manifest.json',
    '/_next/static/%2e%2e/server/pages-manifest.json',
    '/__nextjs_original-stack-frames',
    '/__nextjs_font/geist-latin.woff2',
    '/__nextjs_source-map?filename=a',
    '/__nextjs_devtools_config',
    '/_error',
    '/_app',
    '/_document',
    '/404',
    '/500',
    '/_not-found',
    '/_global-error',
    '/%5Fglobal-error',
    '/index',
  ])('has nothing at %s', async (path) => {
    const { status, headers } = await editor.send('GET', path)
    expect(status).toBe(404)
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})

test('without a contact for security there is no security.txt', async () => {
  const own = await ownSettings(anyKind)
  const server = await startServer(own.settings)
  try {
    expect((await new ApiClient(server.url).send('GET', '/.well-known/security.txt')).status).toBe(404)
  } finally {
    await server.stop()
    await own.drop()
  }
})
