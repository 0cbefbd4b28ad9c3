import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ApiClient } from '../api-client.ts'
import { databaseKinds, makeServerDatabase } from '../databases.ts'
import { effort } from '../effort.ts'
import { startServer } from '../running-server.ts'

const drafts = 20
const rounds = effort(1, 6)

type Page = { updates: { id: string; seq: number }[]; next: string | null }

// Two processes need a database that both can reach.
describe.runIf(databaseKinds.includes('server'))('two processes on the server database', () => {
  test('publish what is scheduled once each, though one of them is killed at the second that it is due', async () => {
    const database = await makeServerDatabase()
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'staytuned-')))
    const start = (index: number) =>
      startServer({ DATABASE_URL: database.url, STAYTUNED_DATA: folders[index] ?? '', STAYTUNED_SECRET: 'a secret that both of the processes have' })
    let [doomed, survivor] = [await start(0), await start(1)]
    onTestFinished(async () => {
      await Promise.all([doomed.kill(), survivor.kill()])
      await database.drop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    })

    for (let round = 0; round < rounds; round += 1) {
      const editor = await ApiClient.signedIn(survivor.url)
      const slug = await editor.openStory()
      const ids: string[] = []
      for (let number = 0; number < drafts; number += 1) {
        const { body } = await editor.publish(slug, `Due, number ${number}.`, { status: 'draft', publishAt: '2999-01-01T00:00:00Z' })
        ids.push((body as { id: string }).id)
      }
      await makeDue(database.url)
      // In each round at another moment of the second in which both go to work.
      await wait(150 + (round % 3) * 300)
      await doomed.kill()

      const published = async () => {
        const { updates } = (await editor.send('GET', `/api/stories/${slug}/updates?limit=100`)).body as Page
        return updates
      }
      await expect.poll(async () => (await published()).length, { timeout: 30_000, interval: 250 }).toBeGreaterThanOrEqual(drafts)
      const updates = await published()
      expect(updates.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
      expect(updates.map(({ seq }) => seq).toSorted((one, other) => one - other)).toEqual(Array.from({ length: drafts }, (_, index) => index + 2))
      doomed = await start(0)
      // Each of the two is the one that goes on in turn.
      ;[doomed, survivor] = [survivor, doomed]
    }
  }, 180_000)
})

/** Brings the time of all scheduled drafts forward to now, at once: on a slow machine they wouldn't be written before a time that is near. */
async function makeDue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('UPDATE updates SET publish_at = now() WHERE publish_at > now()')
  } finally {
    await client.end()
  }
}
