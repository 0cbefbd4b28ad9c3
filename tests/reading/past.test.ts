import { randomUUID } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import type { UpdateChange } from '#lib/db/past.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { readStoryAt } from '#lib/reading/read-story-at.ts'
import { compareLists } from '#lib/story/compare.ts'
import type { StoryEvent } from '#lib/story/event.ts'
import { databaseKinds, migrations, openTestDatabase } from '../databases.ts'
import { effort } from '../effort.ts'
import { anyLog } from '../story/arbitraries.ts'
import { foldOf, past } from '../story/history.ts'

const author = { id: 'x', name: 'x' }

// Random stories, written into the database as they are, and looked at as they stood.

describe.each(databaseKinds)('a story as it stood, read from the %s database', (kind) => {
  let database: Database
  let store: Store

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
  })
  afterAll(() => store.close())

  /** The log under an address of its own, with the rows that say which updates there are. */
  async function write(log: readonly StoryEvent[]): Promise<string> {
    const [id, slug] = [randomUUID(), `story-${randomUUID()}`]
    const events = log.map(({ seq, at, type, ...payload }) => ({ seq, at, type, payload: renamed(payload) }))
    const updates = events.filter(({ type }) => type === 'update.published').map(({ seq, payload }) => ({ seq, ...(payload as object) }))
    await database.session(async (run) => {
      await run(
        `INSERT INTO stories (id, slug, headline, standfirst, status, language, time_zone, head, linked_to, public_from, created_at, updated_at)
         VALUES ($1::uuid, $2, 'x', '', 'developing', 'en', 'UTC', $3::int, $3::int, 1, now(), $4::text::timestamp)`,
        [id, slug, log.length, log.at(-1)?.at],
      )
      await run(
        `INSERT INTO events (story_id, seq, at, type, payload, actor_id, salt, hash)
         SELECT $1::uuid, seq, at::timestamp, type, payload, 'x', 'x', '' FROM jsonb_to_recordset($2::jsonb) AS e(seq int, at text, type text, payload jsonb)`,
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
    return JSON.parse(JSON.stringify(payload).replaceAll('01900000-0000-7000-', `${prefix}-0000-7000-`))
  }

  test.prop([anyLog, fc.nat()], { numRuns: effort(50, 500) })('is the fold of all that had happened by then', async (log, which) => {
    stories += 1
    const slug = await write(log)
    const moment = log[which % log.length]
    const found = await readStoryAt(store, slug, moment?.at ?? '', { limit: 100 })
    const expected = renamed(foldOf(log.slice(0, moment?.seq)))
    expect(found?.view).toEqual(past(expected))
  })

  test.prop([anyLog, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 5 })], { numRuns: effort(50, 500) })(
    'compared with another moment, is what its updates were at both, a page at a time',
    async (log, one, other, limit) => {
      stories += 1
      const stored = await store.story(await write(log))
      const [from = 1, to = 1] = [1 + (one % log.length), 1 + (other % log.length)].toSorted((a, b) => a - b)
      const found: UpdateChange[] = []
      let before: number | undefined
      do {
        const page = await store.past.changedUpdates(stored?.story.id ?? '', { from, to }, before, limit)
        found.push(...page.changes)
        before = page.next ?? undefined
      } while (before !== undefined)
      const updatesAt = (head: number) => renamed(foldOf(log.slice(0, head)).updates)
      const { added, changed, removed } = compareLists(updatesAt(from), updatesAt(to))
      const byId = (changes: readonly UpdateChange[]) => changes.toSorted((a, b) => a.after.id.localeCompare(b.after.id))
      expect(removed).toEqual([])
      expect(byId(found)).toEqual(byId([...added.map((after) => ({ before: null, after })), ...changed]))
    },
  )

  test.prop([anyLog, fc.nat(), fc.nat()], { numRuns: effort(30, 200) })(
    'is so too once something was erased from its history',
    async (log, which, when) => {
      const named = log.flatMap((event) => ('update' in event ? event.update.id : 'claim' in event ? event.claim.id : []))
      fc.pre(named.length > 0)
      stories += 1
      const slug = await write(log)
      const gone = named[which % named.length] ?? ''
      const isGone = (event: StoryEvent) => ('update' in event && event.update.id === gone) || ('claim' in event && event.claim.id === gone)
      const isClaim = log.some((event) => 'claim' in event && event.claim.id === gone)
      const at = new Date(Date.parse(log.at(-1)?.at ?? '') + 1000)
      await store.writeStory(slug, (written) =>
        written.erase({ updates: isClaim ? [] : [renamed(gone)], claims: isClaim ? [renamed(gone)] : [], questions: [] }, { at, author }),
      )
      const left: StoryEvent[] = log.map((event) => (isGone(event) ? { seq: event.seq, at: event.at, type: 'erased', was: event.type } : event))
      const events = log.filter(isGone).map(({ seq }) => seq)
      const rewritten: StoryEvent[] = [...left, { seq: log.length + 1, at: at.toISOString(), type: 'history.erased', erasure: { events } }]
      const stored = await store.story(slug)
      expect(await store.eventsAfter(stored?.story.id ?? '', 0, 1000)).toEqual(renamed(rewritten))
      const moment = rewritten[when % rewritten.length]
      const found = await readStoryAt(store, slug, moment?.at ?? '', { limit: 100 })
      expect(found?.view).toEqual(past(renamed(foldOf(rewritten.slice(0, moment?.seq)))))
    },
  )
})
