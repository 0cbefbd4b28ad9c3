import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { databaseKinds, migrations, openTestDatabase } from '../databases.ts'

const now = new Date('2026-12-01T10:00:00Z')

describe.each(databaseKinds)('a sign-in that waits for its second factor, on the %s database', (kind) => {
  let database: Database
  let store: Store

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
    await database.session(async (run) => {
      for (const [identifier, end] of [
        ['2fa-waiting', '2026-12-01T10:00:01'],
        ['2fa-over', '2026-12-01T10:00:00'],
        ['2fa-attempts-2fa-waiting', '2026-12-01T10:00:01'],
        ['used-code', '2026-12-01T10:00:01'],
        ['a-challenge-of-a-passkey', '2026-12-01T10:00:01'],
      ]) {
        await run(`INSERT INTO verifications (id, identifier, value, expires_at, updated_at) VALUES ($1, $1, 'ann', $2::timestamp, now())`, [
          identifier,
          end,
        ])
      }
    })
  })
  afterAll(() => store.close())

  test('is found by its name until it expires', async () => {
    expect(await store.people.challenged('2fa-waiting', now)).toBe('ann')
    expect(await store.people.challenged('2fa-waiting', new Date(now.getTime() + 1_000))).toBeNull()
    expect(await store.people.challenged('2fa-over', now)).toBeNull()
  })

  test.each(['2fa-attempts-2fa-waiting', 'used-code', 'a-challenge-of-a-passkey', '2fa-', ''])('isn’t any other row, like %j', async (name) => {
    expect(await store.people.challenged(name, now)).toBeNull()
  })
})
