import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openDatabase } from '#lib/db/open-database.ts'
import { openStore } from '#lib/db/store.ts'
import { openFirstStory } from '#lib/newsroom/first-story.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { databaseKinds, migrations } from '../databases.ts'
import { ownSettings } from '../own-settings.ts'

const slug = 'drone-claim-novgorod'
const root = fileURLToPath(new URL('../..', import.meta.url))

describe.each(databaseKinds)('npm run verify-log, on the %s database', (kind) => {
  test('says that a log is consistent with itself, or names the first event that isn’t and ends with 1', async () => {
    const { settings, data, drop } = await ownSettings(kind)
    onTestFinished(drop)
    const open = () => openDatabase(settings.DATABASE_URL, data)
    const alter = async (...statements: string[]) => {
      const database: Database = await open()
      await database.session(async (run) => {
        for (const statement of statements) await run(statement, [])
      })
      await database.close()
    }
    const verify = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['lib/cli/run.js', 'verify-log', ...args], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, DATABASE_URL: '', ...settings },
      })
      return { status, said: stdout + stderr }
    }

    const store = await openStore(await open(), migrations)
    await openFirstStory(store)
    const story = await store.story(slug)
    const lines: string[] = []
    if (story) for await (const entry of readLogOf(store, story)) lines.push(JSON.stringify(entry))
    await store.close()

    // Only what it says of a log that was changed is tried on both.
    if (kind === 'embedded') {
      expect(verify()).toMatchObject({ status: 0, said: expect.stringContaining(`${slug}: consistent. ${lines.length} events`) })
      expect(verify('nowhere')).toMatchObject({ status: 1, said: expect.stringContaining('There is no story') })
      const file = join(data, 'log.ndjson')
      writeFileSync(file, lines.join('\n').replace('about 90 drones', 'about 91 drones'))
      expect(verify(file, story?.story.id ?? '')).toMatchObject({
        status: 1,
        said: expect.stringContaining('BROKEN at event 2: what it says does not match its hash'),
      })
    }
    await alter(`UPDATE events SET payload = replace(payload::text, 'about 90', 'about 91')::jsonb WHERE seq = 2`)
    expect(verify(slug)).toMatchObject({ status: 1, said: expect.stringContaining(`${slug}: BROKEN at event 2`) })
    if (kind === 'server') return
    await alter(
      `DELETE FROM events WHERE seq = ${lines.length}`,
      `UPDATE events SET payload = replace(payload::text, 'about 91', 'about 90')::jsonb WHERE seq = 2`,
    )
    expect(verify(slug)).toMatchObject({ status: 1, said: expect.stringContaining(`BROKEN at event ${lines.length - 1}: the log ends here`) })
  })
})
