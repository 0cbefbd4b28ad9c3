import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { openFirstStory } from '#lib/newsroom/first-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { checkLog } from '#lib/story/chain.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, makeEmbeddedDatabase, makeServerDatabase, migrations } from '../databases.ts'
import { answerOf, editor } from '../newsroom/a-newsroom.ts'

const slug = 'drone-claim-novgorod'
const root = fileURLToPath(new URL('../..', import.meta.url))

describe.each(databaseKinds)('the chain of a log on the %s database', (kind) => {
  const drops: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const drop of drops.splice(0).reverse()) await drop()
  })

  /** An empty database that is opened several times, and the settings that a program finds it by. */
  async function aDatabase() {
    if (kind === 'embedded') {
      const { folder, drop } = await makeEmbeddedDatabase()
      drops.push(drop)
      return { open: () => openEmbeddedDatabase(folder), settings: { STAYTUNED_DATA: folder, DATABASE_URL: '' }, folder }
    }
    const { url, drop } = await makeServerDatabase()
    drops.push(drop)
    return { open: () => openServerDatabase(url), settings: { DATABASE_URL: url }, folder: null }
  }

  async function opened(open: () => Promise<Database>): Promise<{ store: Store; database: Database }> {
    const database = await open()
    return { database, store: await openStore(database, migrations) }
  }

  async function withFirstStory() {
    const { open } = await aDatabase()
    const { store, database } = await opened(open)
    await openFirstStory(store)
    return { open, store, database }
  }

  async function checked(store: Store) {
    const stored = await store.story(slug)
    if (!stored) throw new Error('the first story is there')
    return { chain: stored.chain, found: await checkLog(stored.story.id, readLogOf(store, stored)) }
  }

  const sql = (database: Database, text: string) => database.session((run) => run(text, []))

  test('ends with what the story says it ends with', async () => {
    const { open } = await aDatabase()
    const { store } = await opened(open)
    await openFirstStory(store)
    const { chain, found } = await checked(store)
    expect(found).toMatchObject({ kind: 'whole', erased: 0, hash: chain })
    await store.close()
  })

  test('is made of what was written before there was one, and goes on from there', async () => {
    const { open } = await aDatabase()
    const first = await opened(open)
    await openFirstStory(first.store)
    await sql(first.database, `UPDATE events SET salt = NULL, payload_hash = NULL, hash = NULL`)
    await sql(first.database, `UPDATE stories SET chain = '', linked_to = 0`)
    await first.store.close()
    const { store } = await opened(open)
    expect((await checked(store)).found).toMatchObject({ kind: 'whole' })
    answerOf(await publishUpdate({ store, now: () => new Date() }, editor, slug, newUpdate.parse({ body: 'One more.' }), null))
    const { chain, found } = await checked(store)
    expect(found).toMatchObject({ kind: 'whole', hash: chain })
    await store.close()
  })

  test('is whole at any length of what was there before, though several processes start at once', async () => {
    const { open, store, database } = await withFirstStory()
    // As many events as are linked at a time.
    await sql(
      database,
      `INSERT INTO events (story_id, seq, at, type, payload, actor_id)
       SELECT e.story_id, n, e.at, e.type, e.payload, e.actor_id FROM events e, generate_series((SELECT max(seq) + 1 FROM events), 500) n WHERE e.seq = 2`,
    )
    await sql(database, `UPDATE events SET salt = NULL, payload_hash = NULL, hash = NULL`)
    await sql(database, `UPDATE stories SET chain = '', linked_to = 0, head = (SELECT max(seq) FROM events)`)
    if (kind === 'server') await Promise.all([open, open].map(async (each) => (await openStore(await each(), migrations)).close()))
    else await openStore(database, migrations)
    const { chain, found } = await checked(store)
    expect(found).toMatchObject({ kind: 'whole', hash: chain, events: 500 })
    await store.close()
  })

  test('takes in what a program has written that doesn’t know of it', async () => {
    const { store, database } = await withFirstStory()
    await sql(
      database,
      `INSERT INTO events (story_id, seq, at, type, payload, actor_id)
       SELECT story_id, (SELECT max(seq) + 1 FROM events), at, type, payload, actor_id FROM events WHERE seq = 2`,
    )
    await sql(database, `UPDATE stories SET head = head + 1`)
    expect((await checked(store)).found).toMatchObject({ kind: 'broken', what: 'link' })
    answerOf(await publishUpdate({ store, now: () => new Date() }, editor, slug, newUpdate.parse({ body: 'One more.' }), null))
    const { chain, found } = await checked(store)
    expect(found).toMatchObject({ kind: 'whole', hash: chain })
    await store.close()
  })

  test('names the event of which one byte was changed in the database, whichever it is', async () => {
    const { store, database } = await withFirstStory()
    const { found } = await checked(store)
    const events = found.kind === 'whole' ? found.events : 0
    expect(events).toBeGreaterThan(20)
    for (let seq = 1; seq <= events; seq += 1) {
      const where = `WHERE seq = ${seq}`
      await sql(database, `UPDATE events SET payload = replace(payload::text, 'Z"', 'X"')::jsonb ${where}`)
      expect((await checked(store)).found).toEqual({ kind: 'broken', seq, what: 'payload' })
      await sql(database, `UPDATE events SET payload = replace(payload::text, 'X"', 'Z"')::jsonb ${where}`)
      await sql(database, `UPDATE events SET at = at + interval '1 millisecond' ${where}`)
      expect((await checked(store)).found).toEqual({ kind: 'broken', seq, what: 'link' })
      await sql(database, `UPDATE events SET at = at - interval '1 millisecond' ${where}`)
    }
    expect((await checked(store)).found).toEqual(found)
    await store.close()
  })

  test('is checked on the command line, which names the event and ends with 1', async () => {
    const { open, settings, folder } = await aDatabase()
    const { store, database } = await opened(open)
    await openFirstStory(store)
    const story = await store.story(slug)
    const lines: string[] = []
    if (story) for await (const entry of readLogOf(store, story)) lines.push(JSON.stringify(entry))
    await store.close()

    const verify = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/verify-log.ts', ...args], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, ...settings },
      })
      return { status, said: stdout + stderr }
    }
    expect(verify()).toMatchObject({ status: 0, said: expect.stringContaining(`${slug}: whole. ${lines.length} events`) })
    expect(verify('nowhere')).toMatchObject({ status: 1, said: expect.stringContaining('There is no story') })
    if (folder !== null) {
      const file = join(folder, 'log.ndjson')
      writeFileSync(file, lines.join('\n'))
      expect(verify(file, story?.story.id ?? '')).toMatchObject({ status: 0, said: expect.stringContaining('whole') })
      writeFileSync(file, lines.join('\n').replace('about 90 drones', 'about 91 drones'))
      expect(verify(file, story?.story.id ?? '')).toMatchObject({ status: 1, said: expect.stringContaining('BROKEN at event 2: what it says') })
    }
    const again = await open()
    await sql(again, `UPDATE events SET payload = replace(payload::text, 'about 90', 'about 91')::jsonb WHERE seq = 2`)
    await again.close()
    expect(verify(slug)).toMatchObject({ status: 1, said: expect.stringContaining(`${slug}: BROKEN at event 2`) })
    const cut = await open()
    await sql(cut, `DELETE FROM events WHERE seq = ${lines.length}`)
    await sql(cut, `UPDATE events SET payload = replace(payload::text, 'about 91', 'about 90')::jsonb WHERE seq = 2`)
    await cut.close()
    expect(verify(slug)).toMatchObject({ status: 1, said: expect.stringContaining(`BROKEN at event ${lines.length - 1}: the log ends here`) })
    expect(database.kind).toBe(kind)
  })
})
