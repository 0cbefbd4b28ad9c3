import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { openSocket } from '#lib/live/plain-socket.ts'
import { ApiClient } from '../api-client.ts'
import { databaseKinds, makeServerDatabase } from '../databases.ts'
import { startServer } from '../running-server.ts'

globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket

// What one process can hand over to another needs a database that both can reach.
describe.runIf(databaseKinds.includes('server'))('of two processes on the server database', () => {
  test('one that is asked to end takes nobody new, finishes what is being written, and has its readers until they have gone', async () => {
    const database = await makeServerDatabase()
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'staytuned-')))
    const start = (index: number) =>
      startServer({
        DATABASE_URL: database.url,
        STAYTUNED_DATA: folders[index] ?? '',
        STAYTUNED_SECRET: 'a secret that both of the processes have',
        STAYTUNED_DRAIN: '60',
      })
    const [leaving, staying] = [await start(0), await start(1)]
    onTestFinished(async () => {
      await Promise.all([leaving.kill(), staying.kill()])
      await database.drop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    })
    const editor = await ApiClient.signedIn(staying.url)
    const slug = await editor.openStory()
    const heard: { name: string; message: unknown }[] = []
    const reader = await new Promise<ReturnType<typeof openSocket>>((resolve, reject) => {
      const socket = openSocket(leaving.url, {
        onOpen: () => resolve(socket),
        onMessage: (name, message) => heard.push({ name, message }),
        onClosed: () => reject(new Error('the socket was closed')),
      })
    })
    expect(await reader.ask('follow', { story: slug, as: 'reader' }, 5_000)).toMatchObject({ ok: true })

    const write = slowWrite(`${leaving.url}/api/stories/${slug}/updates`, editor.cookie, JSON.stringify({ body: 'Sent as it was about to end.' }))
    await write.begun
    const ended = leaving.stop()
    await expect.poll(() => heard.map(({ name }) => name)).toContain('leaving')
    expect(heard.find(({ name }) => name === 'leaving')?.message).toEqual({ within: 60_000 })
    await expect(fetch(`${leaving.url}/api/health`)).rejects.toThrow()
    expect(await write.finish()).toBe(201)
    await editor.publish(slug, 'And this by the other.')
    const told = () => heard.flatMap(({ name, message }) => (name === 'events' ? (message as { events: { seq: number }[] }).events : []))
    await expect.poll(() => told().map(({ seq }) => seq), { timeout: 10_000 }).toEqual([2, 3])

    // The reader goes to the other, and nothing holds the process any more.
    reader.close()
    expect(await ended).toBe(0)
    expect((await fetch(`${staying.url}/stories/${slug}`)).status).toBe(200)
  }, 60_000)
})

/** A write of which the last byte is sent only when it is asked for; answers its status. */
function slowWrite(url: string, cookie: string, body: string): { begun: Promise<void>; finish(): Promise<number> } {
  const headers = { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const sent = request(url, { method: 'POST', headers })
  const status = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
  })
  return {
    begun: new Promise((resolve) => sent.write(body.slice(0, -1), () => resolve())),
    finish: () => {
      sent.end(body.slice(-1))
      return status
    },
  }
}
