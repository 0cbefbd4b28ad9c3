import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { anyKind } from '../databases.ts'
import { solid } from '../media/a-picture.ts'
import { type OwnSettings, ownSettings } from '../own-settings.ts'
import { type RunningServer, startServer } from '../running-server.ts'

/** As many as are read at once and wait: lib/media/media.ts. */
const taken = 4 + 16

type Slow = { readonly answer: Promise<{ status: number; kind: string; retryAfter: string | undefined }>; abort(): void }

describe('uploads that are sent slowly', () => {
  let own: OwnSettings
  let server: RunningServer
  let editor: ApiClient

  beforeAll(async () => {
    own = await ownSettings(anyKind)
    server = await startServer(own.settings)
    editor = await ApiClient.signedIn(server.url)
  })
  afterAll(async () => {
    await server?.stop()
    await own?.drop()
  })

  /** Begins to send a form, and never goes on. */
  function sendSlowly(): Slow {
    const sending = request(`${server.url}/api/media`, {
      method: 'POST',
      agent: false,
      headers: { cookie: editor.cookie, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 1_000_000 },
    })
    const answer: Slow['answer'] = new Promise((resolve, reject) => {
      sending.on('error', reject)
      sending.on('response', (response) => {
        let body = ''
        response.on('data', (part) => {
          body += part
        })
        response.on('end', () => {
          const { type } = JSON.parse(body) as { type: string }
          resolve({ status: response.statusCode ?? 0, kind: type, retryAfter: response.headers['retry-after'] })
        })
      })
    })
    // Those that the test ends get no answer.
    answer.catch(() => {})
    sending.write('--x\r\n')
    return { answer, abort: () => sending.destroy() }
  }

  test('are refused beyond a few, and leave their slots to others when they are given up', async () => {
    const slow = Array.from({ length: taken + 1 }, sendSlowly)
    expect(await Promise.race(slow.map(({ answer }) => answer))).toEqual({ status: 503, kind: 'urn:staytuned:problem:busy', retryAfter: '2' })
    for (const { abort } of slow) abort()
    const good = await solid(40, 30).jpeg().toBuffer()
    expect((await editor.upload(good)).status).toBe(201)
  })

  test('are given up after ten seconds of silence, and whoever waited is served', async () => {
    const slow = Array.from({ length: 4 }, sendSlowly)
    const good = await solid(40, 30).jpeg().toBuffer()
    const waiting = editor.upload(good)
    for (const { answer } of slow) expect(await answer).toMatchObject({ status: 408, kind: 'urn:staytuned:problem:too-slow' })
    expect((await waiting).status).toBe(201)
  })
})
