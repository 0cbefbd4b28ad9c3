import { randomUUID } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openEmbeddedDatabase } from '#lib/db/embedded-database.ts'
import { openServerDatabase } from '#lib/db/server-database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { readStoryAt } from '#lib/reading/read-story-at.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { databaseKinds, makeEmbeddedDatabase, makeServerDatabase, migrations } from '../databases.ts'
import { anyLog } from '../story/arbitraries.ts'
import { foldOf, past } from '../story/history.ts'

// A thousand random stories, written into the database as they are, and looked at as they stood.

describe.each(databaseKinds)('a story as it stood, read from the %s database', (kind) => {
  let database: Database
  let store: Store
  let drop: () => Promise<void>

  beforeAll(async () => {
    if (kind === 'embedded') {
      const made = await makeEmbeddedDatabase()
      drop = made.drop
      database = await openEmbeddedDatabase(made.folder)
    } else {
      const made = await makeServerDatabase()
      drop = made.drop
      database = await openServerDatabase(made.url)
    }
    store = await openStore(database, migrations)
  })
  afterAll(async () => {
    await store.close()
    await drop()
  })

  /** The log under an address of its own, with the rows that say which updates there are. */
  async function write(log: readonly StoryEvent[]): Promise<string> {
    const [id, slug] = [randomUUID(), `story-${randomUUID()}`]
    const events = log.map(({ seq, at, type, ...payload }) => ({ seq, at, type, payload: renamed(payload) }))
    const updates = events.filter(({ type }) => type === 'update.published').map(({ seq, payload }) => ({ seq, ...(payload as object) }))
    await database.session(async (run) => {
      await run(
        `INSERT INTO stories (id, slug, headline, standfirst, status, language, time_zone, head, linked_to, public_from, created_at, updated_at)
         VALUES ($1::uuid, $2, 'x', '', 'developing', 'en', 'UTC', $3::int, $3::int, 1, now(), now())`,
        [id, slug, log.length],
      )
      await run(
        `INSERT INTO events (story_id, seq, at, type, payload, actor_id, hash)
         SELECT $1::uuid, seq, at::timestamp, type, payload, 'x', '' FROM jsonb_to_recordset($2::jsonb) AS e(seq int, at text, type text, payload jsonb)`,
        [id, JSON.stringify(events)],
      )
      await run(
        `INSERT INTO updates (id, story_id, status, seq, version, body, key, author_id, author_name, created_at, corrections, published_at)
         SELECT (u.update ->> 'id')::uuid, $1::uuid, 'published', seq, 1, '{}', false, 'x', 'x', now(), '[]', (u.update ->> 'publishedAt')::timestamp
         FROM jsonb_to_recordset($2::jsonb) AS u(seq int, update jsonb)`,
        [id, JSON.stringify(updates)],
      )
    })
    return slug
  }

  let stories = 0
  /** Ids are unique in the database: each story's updates, claims and questions get ids of their own. */
  function renamed<Value>(payload: Value): Value {
    const prefix = stories.toString(16).padStart(8, '0')
    return JSON.parse(JSON.stringify(payload).replaceAll('"01900000-0000-7000-', `"${prefix}-0000-7000-`))
  }

  test.prop([anyLog, fc.nat()], { numRuns: 500 })('is the fold of all that had happened by then', async (log, which) => {
    stories += 1
    const slug = await write(log)
    const moment = log[which % log.length]
    const found = await readStoryAt(store, slug, moment?.at ?? '', { limit: 100 })
    const expected = renamed(foldOf(log.slice(0, moment?.seq)))
    expect(found?.view).toEqual(past(expected))
  })
})
