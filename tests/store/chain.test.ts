import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { openFirstStory } from '#lib/newsroom/first-story.ts'
import { publishUpdate } from '#lib/newsroom/publish-update.ts'
import { readLogOf } from '#lib/reading/read-log.ts'
import { checkLog } from '#lib/story/chain.ts'
import { newUpdate } from '#lib/story/update.ts'
import { databaseKinds, migrations, openTestDatabase } from '../databases.ts'
import { answerOf, editor } from '../newsroom/a-newsroom.ts'

const slug = 'drone-claim-novgorod'

describe.each(databaseKinds)('the chain of a log on the %s database', (kind) => {
  let database: Database
  let store: Store

  // One story for all: each test leaves it with a chain that is whole.
  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
    await openFirstStory(store)
  })
  afterAll(() => store.close())

  async function checked() {
    const stored = await store.story(slug)
    if (!stored) throw new Error('the first story is there')
    return { chain: stored.chain, found: await checkLog(stored.story.id, readLogOf(store, stored)) }
  }

  /** What a process does with the database that it finds when it starts. */
  const startAgain = async () => (await openStore({ ...database, close: async () => {} }, migrations)).close()

  const sql = (text: string) => database.session((run) => run(text, []))

  test('ends with what the story says it ends with', async () => {
    const { chain, found } = await checked()
    expect(found).toMatchObject({ kind: 'whole', erased: 0, hash: chain })
  })

  test('names the event of which one byte was changed in the database, whichever it is', async () => {
    const { found } = await checked()
    const events = found.kind === 'whole' ? found.events : 0
    expect(events).toBeGreaterThan(20)
    for (let seq = 1; seq <= events; seq += 1) {
      const where = `WHERE seq = ${seq}`
      await sql(`UPDATE events SET payload = replace(payload::text, 'Z"', 'X"')::jsonb ${where}`)
      expect((await checked()).found).toEqual({ kind: 'broken', seq, what: 'payload' })
      await sql(`UPDATE events SET payload = replace(payload::text, 'X"', 'Z"')::jsonb ${where}`)
      await sql(`UPDATE events SET at = at + interval '1 millisecond' ${where}`)
      expect((await checked()).found).toEqual({ kind: 'broken', seq, what: 'link' })
      await sql(`UPDATE events SET at = at - interval '1 millisecond' ${where}`)
    }
    expect((await checked()).found).toEqual(found)
  })

  test('is made of what was written before there was one, and goes on from there', async () => {
    await sql(`UPDATE events SET salt = NULL, payload_hash = NULL, hash = NULL`)
    await sql(`UPDATE stories SET chain = '', linked_to = 0`)
    await startAgain()
    expect((await checked()).found).toMatchObject({ kind: 'whole' })
    answerOf(await publishUpdate({ store, now: () => new Date() }, editor, slug, newUpdate.parse({ body: 'One more.' }), null))
    const { chain, found } = await checked()
    expect(found).toMatchObject({ kind: 'whole', hash: chain })
  })

  test('is whole at any length of what was there before, though several processes start at once', async () => {
    // As many events as are linked at a time.
    await sql(
      `INSERT INTO events (story_id, seq, at, type, payload, actor_id)
       SELECT e.story_id, n, e.at, e.type, e.payload, e.actor_id FROM events e, generate_series((SELECT max(seq) + 1 FROM events), 500) n WHERE e.seq = 2`,
    )
    await sql(`UPDATE events SET salt = NULL, payload_hash = NULL, hash = NULL`)
    await sql(`UPDATE stories SET chain = '', linked_to = 0, head = (SELECT max(seq) FROM events)`)
    await Promise.all(kind === 'server' ? [startAgain(), startAgain()] : [startAgain()])
    const { chain, found } = await checked()
    expect(found).toMatchObject({ kind: 'whole', hash: chain, events: 500 })
  })

  test('takes in what a program has written that doesn’t know of it', async () => {
    await sql(
      `INSERT INTO events (story_id, seq, at, type, payload, actor_id)
       SELECT story_id, (SELECT max(seq) + 1 FROM events), at, type, payload, actor_id FROM events WHERE seq = 2`,
    )
    await sql(`UPDATE stories SET head = head + 1`)
    expect((await checked()).found).toMatchObject({ kind: 'broken', what: 'link' })
    answerOf(await publishUpdate({ store, now: () => new Date() }, editor, slug, newUpdate.parse({ body: 'One more.' }), null))
    const { chain, found } = await checked()
    expect(found).toMatchObject({ kind: 'whole', hash: chain })
  })
})
