import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { databaseKinds } from '../databases.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { admin, type RunningServer, startServer } from '../running-server.ts'

describe.each(databaseKinds)('the HTTP API on the %s database', (kind) => {
  let server: RunningServer
  let editor: ApiClient
  let nobody: ApiClient
  let own: OwnSettings

  beforeAll(async () => {
    own = await ownSettings(kind)
    server = await startServer(own.settings)
    editor = await ApiClient.signedIn(server.url)
    nobody = new ApiClient(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  const problem = (kind: string, status: number) =>
    expect.objectContaining({ type: `urn:staytuned:problem:${kind}`, status, title: expect.any(String), detail: expect.any(String) })

  test('an editor opens a story, publishes, corrects, pins and withdraws, and every reader can read it', async () => {
    const opened = await editor.send('POST', '/api/stories', {
      headline: 'Ölpest vor der Küste',
      standfirst: 'What we know.',
      language: 'de',
      timeZone: 'Europe/Berlin',
    })
    expect(opened).toMatchObject({ status: 201, body: { slug: 'olpest-vor-der-kuste', epoch: 1, head: 1 } })
    const path = '/api/stories/olpest-vor-der-kuste'

    const published = await editor.publish('olpest-vor-der-kuste', 'A tanker **leaks**.', { title: 'Tanker', key: true })
    expect(published.status).toBe(201)
    const { id, version } = published.body as { id: string; version: number }
    expect(published.body).toEqual({ id, seq: 2, version: 1, publishAt: null, publishedAt: expect.stringMatching(/^\d{4}-.*Z$/) })

    const corrected = await editor.send(
      'PATCH',
      `${path}/updates/${id}`,
      { body: 'Two tankers leak.', correction: { note: 'There are two.' } },
      { 'if-match': String(version) },
    )
    expect(corrected).toMatchObject({ status: 200, body: { seq: 2, version: 2 } })
    expect((await editor.send('PATCH', `${path}/updates/${id}`, { pinned: true })).status).toBe(200)

    const view = await nobody.send('GET', path)
    expect(view.body).toMatchObject({
      story: { headline: 'Ölpest vor der Küste', status: 'developing' },
      epoch: 1,
      head: 4,
      pinned: { id },
      updates: [{ id, key: true, title: 'Tanker', version: 2, corrections: [{ note: 'There are two.' }] }],
      next: null,
      claims: [],
      questions: [],
    })

    expect((await editor.send('POST', `${path}/updates/${id}/withdraw`, { notice: 'Not confirmed.' })).status).toBe(200)
    const after = await nobody.send('GET', path)
    expect(after.body).toMatchObject({
      head: 5,
      pinned: null,
      updates: [{ title: null, body: { content: [] }, withdrawal: { notice: 'Not confirmed.' } }],
    })
    expect((await nobody.send('GET', `${path}/updates/${id}`)).body).toMatchObject({ withdrawal: { notice: 'Not confirmed.' } })

    expect((await editor.send('PATCH', path, { status: 'closed', headline: 'Ölpest vor der Küste beendet' })).body).toMatchObject({ head: 6 })
    const missed = await nobody.send('GET', `${path}/events?epoch=1&after=3`)
    expect(missed.body).toMatchObject({
      epoch: 1,
      head: 6,
      events: [
        { seq: 4, type: 'update.pinned' },
        { seq: 5, type: 'update.withdrawn' },
        { seq: 6, type: 'story.revised' },
      ],
    })
    expect((await nobody.send('GET', `${path}/events?epoch=2&after=3`)).body).toEqual({ epoch: 1, head: 6, reset: true })
    expect((await nobody.send('GET', '/api/stories')).body).toMatchObject({
      stories: expect.arrayContaining([expect.objectContaining({ slug: 'olpest-vor-der-kuste', head: 6 })]),
    })
  })

  test('a reader pages back through the timeline by cursor', async () => {
    const slug = await editor.openStory()
    for (let number = 1; number <= 5; number += 1) await editor.publish(slug, `Update ${number}`)
    type Page = { updates: { seq: number }[]; next: string | null }
    const seen: number[] = []
    let query = 'limit=2'
    for (;;) {
      const page = (await nobody.send('GET', `/api/stories/${slug}/updates?${query}`)).body as Page
      seen.push(...page.updates.map((update) => update.seq))
      if (page.next === null) break
      query = `limit=2&before=${page.next}`
    }
    expect(seen).toEqual([6, 5, 4, 3, 2])
  })

  test('the same Idempotency-Key publishes once, and is refused with another body', async () => {
    const slug = await editor.openStory()
    const answers = await Promise.all(Array.from({ length: 12 }, () => editor.publish(slug, 'Once.', {}, 'key-1')))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect((await nobody.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 2 })
    expect((await editor.publish(slug, 'Twice.', {}, 'key-1')).body).toEqual(problem('key-reused', 422))
  })

  test('each wrong request is answered with a problem document of its own', async () => {
    const slug = await editor.openStory()
    const updates = `/api/stories/${slug}/updates`
    const { id } = (await editor.publish(slug, 'First.')).body as { id: string }

    const invalid = await editor.send('POST', updates, { title: 'x'.repeat(201), body: '', surprise: 1 })
    expect(invalid).toMatchObject({ status: 400, body: problem('invalid', 400) })
    expect(invalid.headers.get('content-type')).toBe('application/problem+json')
    expect((invalid.body as { issues: { path: string }[] }).issues.map((issue) => issue.path)).toContain('title')
    expect((await editor.send('POST', updates, { body: ' \n ' })).body).toMatchObject({
      status: 400,
      issues: [{ path: 'body', message: 'must not be empty' }],
    })
    expect((await editor.send('POST', updates, '{')).body).toEqual(problem('not-json', 400))
    expect((await editor.send('POST', updates, { body: 'x' }, { 'idempotency-key': 'a b' })).body).toMatchObject({
      status: 400,
      issues: [{ path: 'Idempotency-Key' }],
    })
    expect((await editor.send('PATCH', `${updates}/${id}`, { body: 'x' })).body).toEqual(problem('if-match-needed', 400))
    for (const query of ['before=x', 'before=9000000000', 'after=9000000000', 'around=0', 'show=none', 'before=3&after=3']) {
      expect([query, (await editor.send('GET', `${updates}?${query}`)).status]).toEqual([query, 400])
    }

    expect((await nobody.send('POST', updates, { body: 'x' })).body).toEqual(problem('sign-in-needed', 401))
    expect((await nobody.send('DELETE', `${updates}/${id}`)).status).toBe(401)
    expect((await editor.send('POST', updates, { body: 'x' }, { origin: 'https://evil.example' })).body).toEqual(problem('foreign-origin', 403))

    expect((await nobody.send('GET', '/api/stories/nowhere')).body).toEqual(problem('no-such-story', 404))
    expect((await nobody.send('GET', `${updates}/not-an-id`)).body).toEqual(problem('no-such-update', 404))
    expect((await nobody.send('GET', '/api/nowhere')).body).toEqual(problem('no-such-address', 404))
    expect((await editor.send('POST', '/api/stories/nowhere/updates', { body: 'x' })).body).toEqual(problem('no-such-story', 404))

    expect((await editor.send('POST', '/api/stories', { headline: 'Again', slug })).body).toEqual(problem('slug-taken', 409))
    expect((await editor.send('PATCH', `${updates}/${id}`, { body: 'Changed.' }, { 'if-match': '"1"' })).status).toBe(200)
    const stale = await editor.send('PATCH', `${updates}/${id}`, { body: 'Mine.' }, { 'if-match': '1' })
    expect(stale.body).toEqual(
      expect.objectContaining({ type: 'urn:staytuned:problem:stale', status: 412, current: expect.objectContaining({ id, version: 2 }) }),
    )

    expect((await editor.send('POST', updates, { body: 'x'.repeat(300_000) })).body).toEqual(problem('too-large', 413))
    expect((await nobody.send('POST', '/api/auth/sign-in/email', { email: 'x'.repeat(20_000), password: 'x' })).body).toEqual(
      problem('too-large', 413),
    )
    expect((await editor.send('POST', updates, 'body=x', { 'content-type': 'application/x-www-form-urlencoded' })).body).toEqual(
      problem('not-a-json-type', 415),
    )

    // What was refused has left nothing behind: opened, published, revised.
    expect((await nobody.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 3 })
  })

  test('a draft is seen by nobody until it is published', async () => {
    const slug = await editor.openStory()
    const drafted = await editor.publish(slug, 'Soon.', { status: 'draft' })
    expect(drafted).toMatchObject({ status: 201, body: { seq: null, version: 1, publishedAt: null } })
    const { id } = drafted.body as { id: string }
    expect((await nobody.send('GET', `/api/stories/${slug}/updates/${id}`)).status).toBe(404)
    expect((await nobody.send('GET', `/api/stories/${slug}`)).body).toMatchObject({ head: 1, updates: [] })
    expect((await editor.send('PATCH', `/api/stories/${slug}/updates/${id}`, { status: 'published' }, { 'if-match': '1' })).body).toMatchObject({
      seq: 2,
    })
    expect((await editor.send('DELETE', `/api/stories/${slug}/updates/${id}`)).status).toBe(409)
  })

  test('a story that is a draft is nowhere to be found', async () => {
    const slug = await editor.openStory({ status: 'draft' })
    for (const path of [`/api/stories/${slug}`, `/api/stories/${slug}/updates`, `/api/stories/${slug}/events?epoch=1&after=0`, `/stories/${slug}`]) {
      expect((await nobody.send('GET', path)).status, path).toBe(404)
    }
    expect(JSON.stringify((await nobody.send('GET', '/api/stories')).body)).not.toContain(slug)
    await editor.send('PATCH', `/api/stories/${slug}`, { status: 'developing' })
    expect((await nobody.send('GET', `/api/stories/${slug}`)).status).toBe(200)
    expect((await editor.send('PATCH', `/api/stories/${slug}`, { status: 'draft' })).body).toEqual(problem('story-was-opened', 409))
  })

  test('the OpenAPI document is valid and lists every route', async () => {
    const { body } = await nobody.send('GET', '/api/openapi.json')
    const validity = await new Validator().validate(body as Record<string, unknown>)
    expect(validity).toEqual({ valid: true })
    expect(body).toMatchObject({ openapi: '3.1.0' })
    expect(Object.keys((body as { paths: object }).paths)).toEqual(
      expect.arrayContaining([
        '/api/stories',
        '/api/stories/{slug}',
        '/api/stories/{slug}/updates',
        '/api/stories/{slug}/updates/{id}',
        '/api/stories/{slug}/events',
      ]),
    )
  })

  test('the session cookie is out of reach of scripts, and signing out ends the session', async () => {
    const client = new ApiClient(server.url)
    const answer = await client.signIn(admin)
    const cookie = answer.headers.getSetCookie().join()
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect((await client.send('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect((await client.send('POST', '/api/stories', { headline: 'x' })).status).toBe(401)
  })

  test('nobody can sign up, nor give themselves a role', async () => {
    const signUp = await nobody.send('POST', '/api/auth/sign-up/email', {
      email: 'a@example.org',
      password: 'long-enough-password',
      name: 'A',
      role: 'admin',
    })
    expect(signUp.status).toBe(404)
    const raised = await editor.send('POST', '/api/auth/update-user', { role: 'contributor' })
    expect(raised.status).toBe(404)
  })

  test('a password can be tried ten times in a row from one address, then not again for a while', async () => {
    const guess = { email: 'someone@example.org', password: 'wrong-password-1' }
    for (let turn = 0; turn < 10; turn += 1) expect((await nobody.signIn(guess)).status).toBe(401)
    const stopped = await nobody.signIn(guess)
    expect(stopped.body).toEqual(problem('too-many', 429))
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
    // The others at the same address can still sign in.
    expect((await new ApiClient(server.url).signIn(admin)).status).toBe(200)
  })

  test('every page says what browsers must not do', async () => {
    for (const [path, scripts] of [
      ['/', /script-src 'self'( 'sha256-[^']+')+;/],
      ['/admin/sign-in', /script-src 'self' 'nonce-[^']+';/],
    ] as const) {
      const { headers } = await nobody.send('GET', path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(scripts)
      expect(policy).not.toMatch(/unsafe/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.has('x-powered-by')).toBe(false)
    }
  })

  test('its health says that it can serve, and its secret is nobody else’s to read', async () => {
    expect((await nobody.send('GET', '/api/health')).body).toEqual({ status: 'ok', role: 'all', database: kind, lag: 0 })
    expect(statSync(join(own.data, 'secret')).mode & 0o777).toBe(0o600)
  })
})
