import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#lib/db/database.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { deleteExpired, deleteExpiredVerifications } from '#lib/newsroom/delete-expired.ts'
import type { Newsroom } from '#lib/newsroom/newsroom.ts'
import { addPeople, databaseKinds, migrations, openTestDatabase } from '../databases.ts'
import { openedStory } from './a-newsroom.ts'

const now = new Date('2026-12-01T09:00:00Z')
const auditDays = 730

describe.each(databaseKinds)('what is over, on the %s database', (kind) => {
  let database: Database
  let store: Store
  let newsroom: Newsroom

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
    newsroom = { store, now: () => now }
    await addPeople(database, [{ id: 'ann', name: 'Ann', email: 'ann@example.org', role: 'editor' }])
  })
  afterAll(() => store.close())

  const run = (sql: string, parameters: readonly unknown[] = []) => database.session((query) => query(sql, parameters))
  const idsIn = async (table: string, column = 'id') => (await run(`SELECT ${column} AS id FROM ${table} ORDER BY 1`)).map(({ id }) => id)
  const addSession = (id: string, end: string) =>
    run(
      `INSERT INTO sessions (id, token, user_id, created_at, updated_at, expires_at) VALUES ($1, $1, 'ann', '2026-11-20', '2026-11-20', $2::timestamp)`,
      [id, end],
    )
  /** So many challenges as the accounts library writes them, made one second after the other. */
  const addChallenges = (count: number, end: string) =>
    run(
      `INSERT INTO verifications (id, identifier, value, created_at, updated_at, expires_at)
       SELECT 'challenge ' || lpad(n::text, 6, '0'), 'c' || n, '{"type":"authentication","expectedChallenge":"x"}',
              timestamp '2026-12-01 08:00' + n * interval '0.1 second', now(), $1::timestamp FROM generate_series(1, ${count}) n`,
      [end],
    )
  const addVerification = (id: string, value: string, end: string) =>
    run(
      `INSERT INTO verifications (id, identifier, value, created_at, updated_at, expires_at) VALUES ($1, $1, $2, '2026-12-01 07:00', now(), $3::timestamp)`,
      [id, value, end],
    )

  beforeEach(async () => {
    await run('TRUNCATE sessions, verifications, invitations, password_resets, known_networks, audit_entries')
  })

  test('challenges, pending sign-ins and used codes are deleted once they have expired', async () => {
    await addVerification('code', 'ann', '2026-12-01 08:59')
    await addVerification('pending sign-in', 'ann', '2026-12-01 09:03')
    await addChallenges(2_500, '2026-12-01 08:59:59')
    await deleteExpiredVerifications(newsroom)
    expect(await idsIn('verifications')).toEqual(['pending sign-in'])
  })

  test('challenges for passkeys are 10,000 at most, the newest; pending sign-ins don’t make room for them', async () => {
    await addVerification('pending sign-in', 'ann', '2026-12-01 09:03')
    await addChallenges(12_345, '2026-12-01 09:05')
    await deleteExpiredVerifications(newsroom)
    const left = await idsIn('verifications')
    expect(left).toHaveLength(10_001)
    expect([left[0], left.at(-1)]).toEqual(['challenge 002346', 'pending sign-in'])
  })

  test('sessions and links go with their end, invitations a month later, networks half a year after the last sign-in', async () => {
    await addSession('over', '2026-12-01 08:59:59')
    await addSession('open', '2026-12-01 09:00:01')
    for (const [hash, end] of [
      ['over', '2026-12-01 08:59:59'],
      ['open', '2026-12-01 09:30'],
    ]) {
      await run(`INSERT INTO password_resets (token_hash, user_id, created_at, expires_at) VALUES ($1, 'ann', now(), $2::timestamp)`, [hash, end])
    }
    for (const [email, end] of [
      ['long-ago@example.org', '2026-10-31 08:00'],
      ['lately@example.org', '2026-11-10 08:00'],
    ]) {
      await run(
        `INSERT INTO invitations (id, email, role, token_hash, invited_by, inviter_name, created_at, expires_at)
         VALUES (gen_random_uuid(), $1, 'editor', $1, 'ann', 'Ann', now(), $2::timestamp)`,
        [email, end],
      )
    }
    await store.people.knownNetworks.remember('ann', 'old', new Date('2026-06-01T09:00:00Z'))
    await store.people.knownNetworks.remember('ann', 'new', new Date('2026-11-20T09:00:00Z'))
    await deleteExpired(newsroom, { auditDays })
    expect(await idsIn('sessions')).toEqual(['open'])
    expect(await idsIn('password_resets', 'token_hash')).toEqual(['open'])
    expect(await idsIn('invitations', 'email')).toEqual(['lately@example.org'])
    expect(await idsIn('known_networks', 'digest')).toEqual(['new'])
  })

  test('somebody whose sessions are all over was last seen when they last signed in', async () => {
    await addSession('over', '2026-12-01 08:59:59')
    await store.people.knownNetworks.remember('ann', 'office', new Date('2026-11-16T09:00:00Z'))
    await deleteExpired(newsroom, { auditDays })
    expect(await store.people.list()).toMatchObject([{ id: 'ann', lastSeenAt: '2026-11-16T09:00:00.000Z' }])
  })

  test('audit entries go after as many days as are set, however many there are, and events of stories never', async () => {
    const story = await openedStory(newsroom)
    const fill = () =>
      run(
        `INSERT INTO audit_entries (id, at, actor_name, action, subject_type, subject_label, detail)
         SELECT gen_random_uuid(), timestamp '2026-12-01 09:00' - n * interval '1 day', 'Ann', 'sign-in', 'person', 'day ' || n, '{}' FROM generate_series(1, 3000) n`,
      )
    await run(`UPDATE events SET at = '2020-01-01'`)
    await run('DELETE FROM audit_entries')
    await fill()
    await deleteExpired(newsroom, { auditDays: 0 })
    expect(await idsIn('audit_entries')).toHaveLength(3_000)
    await Promise.all([deleteExpired(newsroom, { auditDays }), deleteExpired(newsroom, { auditDays })])
    expect(await idsIn('audit_entries')).toHaveLength(auditDays)
    const stored = await store.story(story)
    expect(await store.eventsAfter(stored?.story.id ?? '', 0, 10)).toHaveLength(1)
  })

  test('processes that delete at the same time leave each other’s rows alone and don’t wait', async () => {
    await addChallenges(1_000, '2026-12-01 08:00')
    await database.session(async (query) => {
      await query('BEGIN')
      await query(`SELECT id FROM verifications WHERE id <= 'challenge 000010' FOR UPDATE`)
      // The embedded database has one connection, which this one is.
      if (kind === 'server') await deleteExpiredVerifications(newsroom)
      await query('COMMIT')
    })
    if (kind === 'server') expect(await idsIn('verifications')).toHaveLength(10)
    await deleteExpiredVerifications(newsroom)
    expect(await idsIn('verifications')).toEqual([])
  })
})
