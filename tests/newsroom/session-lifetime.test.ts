import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openAccounts } from '#lib/accounts/accounts.ts'
import { addPerson } from '#lib/accounts/add-person.ts'
import { limitedPasswords } from '#lib/accounts/limited-passwords.ts'
import { hashPassword } from '#lib/accounts/password.ts'
import type { Database } from '#lib/db/database.ts'
import { endedChannel, sessionMark } from '#lib/db/ended-sessions.ts'
import { openStore, type Store } from '#lib/db/store.ts'
import { endOldSessions } from '#lib/newsroom/people/end-old-sessions.ts'
import { databaseKinds, migrations, openTestDatabase } from '../databases.ts'

const ann = { email: 'ann@example.org', password: 'a-password-of-mine' }
const publicUrl = 'http://localhost:3000'
const secondMs = 1000
const dayMs = 24 * 3600 * secondMs

describe.each(databaseKinds)('a session that is used all the time, on the %s database', (kind) => {
  let database: Database
  let store: Store
  /** How far the clock of this test is ahead. The library's own stays: for it the session was just made, and is good for two weeks. */
  let aheadMs = 0
  const now = () => new Date(Date.now() + aheadMs)
  const accountsOf = (people: Store['people']) =>
    openAccounts(people, { secret: 'x'.repeat(32), passwords: limitedPasswords(), publicUrl, origins: [publicUrl], report: () => {} }, now)
  let accounts: ReturnType<typeof accountsOf>

  beforeAll(async () => {
    database = await openTestDatabase(kind)
    store = await openStore(database, migrations)
    accounts = accountsOf(store.people)
    const by = { at: new Date(), actor: { id: null, name: 'A test' } }
    const passwordHash = await hashPassword(ann.password)
    await store.people.write((writing) => addPerson(writing, { name: 'Ann', email: ann.email, role: 'editor', passwordHash }, by))
  })
  afterAll(() => store.close())

  const signIn = async (): Promise<{ headers: Headers; mark: string }> => {
    const answer = await accounts.handle({ path: '/sign-in/email', headers: new Headers({ origin: publicUrl }), body: ann })
    if (answer.kind !== 'answered') throw new Error(answer.kind)
    const cookie = answer.response.headers.getSetCookie().map((each) => each.split(';')[0])
    const { token } = (await answer.response.json()) as { token: string }
    return { headers: new Headers({ cookie: cookie.join('; '), origin: publicUrl }), mark: sessionMark(token) }
  }
  const asked = async (headers: Headers): Promise<unknown> => {
    const answer = await accounts.handle({ path: '/get-session', headers, body: null })
    return answer.kind === 'answered' ? answer.response.json() : answer.kind
  }
  const heardEnds = async () => {
    const heard: string[] = []
    onTestFinished(await database.listen(endedChannel, (payload) => heard.push(payload)))
    return heard
  }

  test('ends 30 days after it began, for each request that comes with it, and is told of', async () => {
    aheadMs = 0
    const { headers, mark } = await signIn()
    aheadMs = 30 * dayMs - 10 * secondMs
    expect((await accounts.identify(headers)).person).toMatchObject({ email: ann.email })
    expect(await asked(headers)).toMatchObject({ user: { email: ann.email } })

    const heard = await heardEnds()
    aheadMs = 30 * dayMs + secondMs
    const caller = await accounts.identify(headers)
    expect(caller).toEqual({ person: null, origin: 'own' })
    await expect.poll(() => heard).toEqual([`ended:${mark}`])
    // It is gone, not only refused.
    aheadMs = 0
    expect((await accounts.identify(headers)).person).toBeNull()
  })

  test('ends where only the session itself is asked for, and where the accounts library does something', async () => {
    aheadMs = 0
    const [first, second] = [await signIn(), await signIn()]
    aheadMs = 30 * dayMs + secondMs
    expect(await asked(first.headers)).toBeNull()
    aheadMs = 0
    expect(await asked(first.headers)).toBeNull()

    const third = await signIn()
    aheadMs = 30 * dayMs + secondMs
    const enabled = await accounts.handle({ path: '/two-factor/enable', headers: third.headers, body: { password: ann.password } })
    expect(enabled.kind === 'answered' && enabled.response.status).toBe(401)
    expect((await accounts.identify(second.headers)).person).toBeNull()
  })

  test('ends by itself with all that are as old, and with no other', async () => {
    aheadMs = 0
    const old = [await signIn(), await signIn()]
    const youngs = await signIn()
    await database.session((run) =>
      run(
        `UPDATE sessions SET created_at = created_at - interval '30 days' WHERE token <> (SELECT token FROM sessions ORDER BY created_at DESC LIMIT 1)`,
      ),
    )
    const heard = await heardEnds()
    expect(await endOldSessions({ store, now })).toBe(2)
    await expect.poll(() => heard.toSorted()).toEqual(old.map(({ mark }) => `ended:${mark}`).toSorted())
    expect((await accounts.identify(youngs.headers)).person).toMatchObject({ email: ann.email })
    expect(await endOldSessions({ store, now })).toBe(0)
  })
})
